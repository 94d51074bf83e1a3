// Reads cases from standard input, runs them through the browser's side and prints what it says.
require("../static/forms/check.js");

const { check, readPage } = globalThis.TinhSoForms;

let text = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => { text += part; });
process.stdin.on("end", () => {
  const answers = JSON.parse(text).map(({ form, boxes }) => {
    const values = boxes === null ? form.values : readPage(form, new URLSearchParams(boxes));
    return { values, problems: check(form, values) };
  });
  process.stdout.write(JSON.stringify(answers));
});
