// Reads and checks a page of a form as the server does, with the same schema and the same sentences.
// Without this file the form works too: the server checks every post. The file compiles nothing at run
// time, so that a strict Content-Security-Policy allows it. Verdicts and sentences are held against the
// server's by tests/vectors.json.
(function (scope) {
  "use strict";

  var EMAIL = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}$/;
  var PHONE = /^0[0-9]{9,10}$/;
  var CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
  var GROUPED = {
    vi: /^-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?$/,
    en: /^-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/,
  };
  var MARKS = { vi: [".", ","], en: [",", "."] };
  var FIRST_YEAR = 1850;
  var LAST_YEAR = 2199;
  var FIRST_COUNTRY_CODE = 100;
  var LONG_TEXT_FROM = 300;
  var MOST_RADIOS = 6;
  var MOST_ROWS = 100;
  var NUMBERS = ["integer", "number", "money"];
  var RANK = [
    "required", "unexpected", "unknown", "type", "choice", "confirm", "date_incomplete", "date_year",
    "date_month", "date_unreal", "date_unreal_february", "email", "phone", "too_short", "too_long",
    "pattern", "minimum", "above", "maximum", "min_rows", "max_rows", "repeated",
  ];

  // --- the schema as fields ---

  function kindOf(schema) {
    if (schema["x-widget"]) return schema["x-widget"];
    if (schema.type === "object") return "group";
    if (schema.type === "array") return schema.items.enum ? "checks" : "rows";
    if (schema.type === "boolean") return schema.const === true ? "confirm" : "yes_no";
    if (schema.type === "integer" || schema.type === "number") return schema.type;
    if (schema.enum) return schema.enum.length <= MOST_RADIOS ? "radio" : "select";
    if ((schema.maxLength || 0) >= LONG_TEXT_FROM) return "long_text";
    var byFormat = { date: "date", email: "email", phone: "phone", "citizen-number": "citizen_number" };
    return byFormat[schema.format] || "text";
  }

  function fieldsOf(schema, prefix) {
    var required = new Set(schema.required || []);
    (schema.allOf || []).forEach(function (rule) {
      ((rule.then || {}).required || []).forEach(function (name) { required.add(name); });
    });
    return Object.keys(schema.properties || {}).map(function (name) {
      var child = schema.properties[name];
      var path = prefix + name;
      var kind = kindOf(child);
      var children = [];
      if (kind === "group" || kind === "unit") children = fieldsOf(child, path + ".");
      else if (kind === "rows") children = fieldsOf(child.items, path + ".*.");
      return { name: name, path: path, kind: kind, schema: child, isRequired: required.has(name), children: children };
    });
  }

  function walk(fields) {
    return fields.flatMap(function (field) { return [field].concat(walk(field.children)); });
  }

  function isObject(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  function own(holder, name) {
    return isObject(holder) && Object.prototype.hasOwnProperty.call(holder, name) ? holder[name] : undefined;
  }

  function getValue(values, path) {
    if (path === "") return values;
    return path.split(".").reduce(function (found, name) {
      if (Array.isArray(found)) return /^[0-9]+$/.test(name) ? found[Number(name)] : undefined;
      return own(found, name);
    }, values);
  }

  function setValue(values, path, value) {
    var steps = path.split(".");
    var last = steps.pop();
    var chain = [];
    var place = values;
    for (var i = 0; i < steps.length; i += 1) {
      if (!isObject(own(place, steps[i]))) {
        if (value === undefined) return;
        place[steps[i]] = {};
      }
      chain.push([place, steps[i]]);
      place = place[steps[i]];
    }
    if (value !== undefined) { place[last] = value; return; }
    delete place[last];
    chain.reverse().every(function (link) {
      if (Object.keys(link[0][link[1]]).length) return false;
      delete link[0][link[1]];
      return true;
    });
  }

  function isShown(field, siblings) {
    var condition = field.schema["x-show-when"] || {};
    return Object.keys(condition).every(function (name) {
      return condition[name].includes(own(siblings, name));
    });
  }

  function walkShown(fields, values, holder) {
    var siblings = getValue(values, holder);
    return fields.flatMap(function (field) {
      if (!isShown(field, siblings)) return [];
      var path = holder ? holder + "." + field.name : field.name;
      var found = [{ field: field, path: path }];
      if (field.kind !== "rows") return found.concat(walkShown(field.children, values, path));
      var rows = getValue(values, path);
      return found.concat((Array.isArray(rows) ? rows : []).flatMap(function (row, index) {
        return walkShown(field.children, values, path + "." + index);
      }));
    });
  }

  function plain(path) {
    return path.split(".").map(function (step) { return /^[0-9]+$/.test(step) ? "*" : step; }).join(".");
  }

  // --- boxes to answers ---

  function cleanText(text, isLong) {
    var clean = text.normalize("NFC").replace(/\r\n/g, "\n").replace(/\r/g, "\n").replace(CONTROL, "");
    if (isLong) return clean.replace(/^[ \t\n\u00a0]+|[ \t\n\u00a0]+$/g, "");
    return clean.replace(/[ \t\n\u00a0]+/g, " ").replace(/^ +| +$/g, "");
  }

  function padded(part) {
    return /^[0-9]+$/.test(part) ? part.padStart(2, "0") : part;
  }

  function joinDate(day, month, year) {
    var parts = [year, month, day].map(function (part) { return part.trim().replace(/-/g, ""); });
    if (!parts.some(Boolean)) return undefined;
    return parts[0] + "-" + padded(parts[1]) + "-" + padded(parts[2]);
  }

  function readNumber(text, language) {
    var compact = text.replace(/[ \u00a0\u202f]/g, "");
    if (GROUPED[language].test(compact)) compact = compact.split(MARKS[language][0]).join("");
    var number = compact.split(MARKS[language][1]).join(".");
    if (!/^-?[0-9]+(?:\.[0-9]+)?$/.test(number) || number.replace(/[^0-9]/g, "").length > 15) return text;
    return Number(number) + 0;
  }

  function readBox(kind, text, language) {
    if (kind === "yes_no" || kind === "confirm") return text === "yes" ? true : text === "no" ? false : undefined;
    if (!text) return undefined;
    if (NUMBERS.includes(kind)) return readNumber(text, language);
    if (kind === "citizen_number") return text.replace(/[ .]/g, "");
    if (kind === "phone") return text.replace(/[ .()-]/g, "").replace(/^\+84/, "0");
    return text;
  }

  function read(field, path, boxes, language) {
    if (field.kind === "group" || field.kind === "unit") return readObject(field.children, path, boxes, language, true);
    if (field.kind === "rows") return readRows(field, path, boxes, language);
    if (field.kind === "date") {
      var parts = ["d", "m", "y"].map(function (part) { return cleanText(boxes.get(path + ":" + part) || "", false); });
      return joinDate(parts[0], parts[1], parts[2]);
    }
    if (field.kind === "checks") {
      var ticked = boxes.getAll(path);
      var chosen = field.schema.items.enum.filter(function (choice) { return ticked.includes(choice); });
      return chosen.length ? chosen : undefined;
    }
    return readBox(field.kind, cleanText(boxes.get(path) || "", field.kind === "long_text"), language);
  }

  function readObject(children, path, boxes, language, isDropped) {
    var found = {};
    children.forEach(function (child) {
      var answer = read(child, path + "." + child.name, boxes, language);
      if (answer !== undefined) found[child.name] = answer;
    });
    return isDropped && !Object.keys(found).length ? undefined : found;
  }

  function readRows(field, path, boxes, language) {
    var start = path + ".";
    var numbers = new Set();
    Array.from(boxes.keys()).forEach(function (name) {
      var step = name.startsWith(start) ? name.slice(start.length).split(".")[0] : "";
      if (/^[0-9]{1,3}$/.test(step)) numbers.add(Number(step));
    });
    var ordered = Array.from(numbers).sort(function (a, b) { return a - b; }).slice(0, MOST_ROWS);
    if (!ordered.length) return undefined;
    return ordered.map(function (number) {
      return readObject(field.children, path + "." + number, boxes, language, false);
    });
  }

  function prune(fields, values) {
    var kept = Object.assign({}, values);
    fields.forEach(function (field) {
      var answer = own(kept, field.name);
      if (answer === undefined) return;
      if (!isShown(field, kept)) { delete kept[field.name]; return; }
      if ((field.kind === "group" || field.kind === "unit") && isObject(answer)) {
        answer = prune(field.children, answer);
        if (!Object.keys(answer).length) answer = undefined;
      } else if (field.kind === "rows" && Array.isArray(answer)) {
        answer = answer
          .map(function (row) { return isObject(row) ? prune(field.children, row) : row; })
          .filter(function (row) { return !isObject(row) || Object.keys(row).length; });
        if (!answer.length) answer = undefined;
      }
      if (answer === undefined) delete kept[field.name];
      else kept[field.name] = answer;
    });
    return kept;
  }

  // `boxes` is a FormData, or a URLSearchParams: get, getAll, keys.
  function readPage(form, boxes) {
    var fields = fieldsOf(form.schema, "");
    var all = walk(fields);
    var answers = JSON.parse(JSON.stringify(form.values));
    form.page.forEach(function (path) {
      var field = all.find(function (one) { return one.path === path; });
      setValue(answers, path, read(field, path, boxes, form.language));
    });
    return prune(fields, answers);
  }

  // --- the verdict ---

  function complete(fields, values) {
    var whole = Object.assign({}, values);
    fields.forEach(function (field) {
      if (!isShown(field, values)) return;
      var answer = own(whole, field.name);
      if (field.kind === "group" || field.kind === "unit") {
        if (answer === undefined && !field.isRequired) return;
        if (answer === undefined) answer = {};
        whole[field.name] = isObject(answer) ? complete(field.children, answer) : answer;
      } else if (field.kind === "rows" && Array.isArray(answer)) {
        whole[field.name] = answer.map(function (row) { return isObject(row) ? complete(field.children, row) : row; });
      }
    });
    return whole;
  }

  function hasType(type, value) {
    if (type === "object") return isObject(value);
    if (type === "array") return Array.isArray(value);
    if (type === "integer") return typeof value === "number" && Number.isInteger(value);
    return typeof value === type;
  }

  function lastDay(year, month) {
    return new Date(Date.UTC(year, month, 0)).getUTCDate();
  }

  // {day} as an ISO text, or {kind, params}.
  function parseDate(text) {
    var parts = text.split("-");
    if (parts.length !== 3 || !parts.every(function (part) { return /^[0-9]+$/.test(part); })) {
      return { kind: "date_incomplete", params: {} };
    }
    var year = Number(parts[0]);
    var month = Number(parts[1]);
    var day = Number(parts[2]);
    if (parts[0].length !== 4 || year < FIRST_YEAR || year > LAST_YEAR) {
      return { kind: "date_year", params: { first: FIRST_YEAR, last: LAST_YEAR } };
    }
    if (month < 1 || month > 12) return { kind: "date_month", params: { month: month } };
    var last = lastDay(year, month);
    if (day < 1 || day > last) {
      var kind = month === 2 ? "date_unreal_february" : "date_unreal";
      return { kind: kind, params: { day: day, month: month, year: year, last: last } };
    }
    return { day: parts[0] + "-" + padded(String(month)) + "-" + padded(String(day)) };
  }

  function checkText(schema, value, path, tell) {
    var length = Array.from(value).length;
    if (schema.enum && !schema.enum.includes(value)) tell(path, "choice", {});
    if (schema.minLength !== undefined && length < schema.minLength) tell(path, "too_short", { limit: schema.minLength, length: length });
    if (schema.maxLength !== undefined && length > schema.maxLength) tell(path, "too_long", { limit: schema.maxLength, length: length });
    if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) tell(path, "pattern", {});
    if (schema.format === "email" && !EMAIL.test(value)) tell(path, "email", {});
    if (schema.format === "phone" && !PHONE.test(value)) tell(path, "phone", {});
    if (schema.format === "date") {
      var told = parseDate(value);
      if (told.kind) tell(path, told.kind, told.params);
    }
  }

  function checkNumber(schema, value, path, tell) {
    if (schema.minimum !== undefined && value < schema.minimum) tell(path, "minimum", { limit: schema.minimum });
    if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) tell(path, "above", { limit: schema.exclusiveMinimum });
    if (schema.maximum !== undefined && value > schema.maximum) tell(path, "maximum", { limit: schema.maximum });
  }

  function checkObject(schema, value, path, tell) {
    var prefix = path ? path + "." : "";
    (schema.required || []).forEach(function (name) {
      if (own(value, name) === undefined) tell(prefix + name, "required", {});
    });
    Object.keys(value).forEach(function (name) {
      var child = own(schema.properties, name);
      if (child === undefined) tell(prefix + name, "unknown", {});
      else checkSchema(child, value[name], prefix + name, tell);
    });
    (schema.allOf || []).forEach(function (rule) { checkRule(rule, value, prefix, tell); });
  }

  // The only use of allOf: a field asked for under a condition (see bundle.py).
  function checkRule(rule, value, prefix, tell) {
    var condition = rule.if.properties;
    var holds = Object.keys(condition).every(function (name) {
      return own(value, name) !== undefined && condition[name].enum.includes(value[name]);
    });
    if (holds) {
      ((rule.then || {}).required || []).forEach(function (name) {
        if (own(value, name) === undefined) tell(prefix + name, "required", {});
      });
    } else {
      Object.keys(rule.else.properties).forEach(function (name) {
        if (own(value, name) !== undefined) tell(prefix + name, "unexpected", {});
      });
    }
  }

  function checkArray(schema, value, path, tell) {
    if (schema.minItems !== undefined && value.length < schema.minItems) tell(path, "min_rows", { limit: schema.minItems });
    if (schema.maxItems !== undefined && value.length > schema.maxItems) tell(path, "max_rows", { limit: schema.maxItems });
    if (schema.uniqueItems && new Set(value.map(function (item) { return JSON.stringify(item); })).size < value.length) tell(path, "repeated", {});
    value.forEach(function (item, index) { checkSchema(schema.items, item, path + "." + index, tell); });
  }

  function checkSchema(schema, value, path, tell) {
    if (!hasType(schema.type, value)) tell(path, "type", {});
    if (schema.const !== undefined && value !== schema.const) tell(path, "confirm", {});
    if (typeof value === "string") checkText(schema, value, path, tell);
    else if (schema.enum && !schema.enum.includes(value)) tell(path, "choice", {});
    if (typeof value === "number") checkNumber(schema, value, path, tell);
    if (isObject(value) && schema.type === "object") checkObject(schema, value, path, tell);
    if (Array.isArray(value) && schema.type === "array") checkArray(schema, value, path, tell);
  }

  function addYears(day, years) {
    var year = String(Number(day.slice(0, 4)) + years).padStart(4, "0");
    var rest = day.slice(4);
    return rest === "-02-29" && lastDay(Number(year), 2) < 29 ? year + "-03-01" : year + rest;
  }

  function findDayFaults(field, path, answer, form, tell) {
    var told = parseDate(answer);
    if (told.kind) return;
    var schema = field.schema;
    var latest = schema["x-not-after"];
    var earliest = schema["x-not-before"];
    var years = schema["x-age-min"];
    if (latest === "today" && told.day > form.today) tell(path, "after_today", { limit: { day: form.today } });
    else if (latest && latest !== "today" && told.day > latest) tell(path, "after", { limit: { day: latest } });
    var first = earliest === "today" ? form.today : earliest;
    if (first && told.day < first) tell(path, "before", { limit: { day: first } });
    if (years && addYears(told.day, years) > form.today) tell(path, "too_young", { years: years });
  }

  function askCitizenNumber(path, number, bornOn, sex, form, tell) {
    if (!/^[0-9]{12}$/.test(number)) { tell(path, "citizen_format", {}); return; }
    var prefix = number.slice(0, 3);
    if (Number(prefix) < FIRST_COUNTRY_CODE && !form.provinces.includes(prefix)) { tell(path, "citizen_province", { prefix: prefix }); return; }
    var digit = Number(number[3]);
    var year = 1900 + 100 * Math.floor(digit / 2) + Number(number.slice(4, 6));
    var toldSex = digit % 2 ? "female" : "male";
    if (year > Number(form.today.slice(0, 4))) tell(path, "citizen_future", { year: year });
    else if (bornOn && Number(bornOn.slice(0, 4)) !== year) tell(path, "citizen_birth_year", { told: year, declared: Number(bornOn.slice(0, 4)) });
    else if (sex && sex !== toldSex) tell(path, "citizen_sex", { told: form.sexes[toldSex], declared: form.sexes[sex] });
  }

  function findDisagreement(field, path, answer, form, tell) {
    var names = field.schema["x-number-agrees"];
    if (!names) return;
    var number = own(answer, names.number);
    var born = own(answer, names.born_on);
    var sex = own(answer, names.sex);
    if (typeof number !== "string") return;
    var told = typeof born === "string" ? parseDate(born) : {};
    var bornOn = told.day && told.day <= form.today ? told.day : "";
    askCitizenNumber(path + "." + names.number, number, bornOn, form.sexes[sex] ? sex : "", form, tell);
  }

  // Problems of the whole form: path to {kind, params}, in the form's order.
  function findProblems(form, values) {
    var fields = fieldsOf(form.schema, "");
    var whole = complete(fields, values);
    var found = new Map();
    checkSchema(form.schema, whole, "", function (path, kind, params) {
      var known = found.get(path);
      if (!known || RANK.indexOf(kind) < RANK.indexOf(known.kind)) found.set(path, { path: path, kind: kind, params: params });
    });
    var shown = walkShown(fields, whole, "");
    shown.forEach(function (one) {
      var answer = getValue(whole, one.path);
      if (answer === undefined || found.has(one.path)) return;
      var tell = function (path, kind, params) {
        if (!found.has(path)) found.set(path, { path: path, kind: kind, params: params });
      };
      if (one.field.kind === "date") findDayFaults(one.field, one.path, answer, form, tell);
      if (one.field.kind === "citizen_number") askCitizenNumber(one.path, answer, "", "", form, tell);
      if (one.field.kind === "group" && isObject(answer)) findDisagreement(one.field, one.path, answer, form, tell);
    });
    var order = new Map(shown.map(function (one, index) { return [one.path, index]; }));
    var place = function (problem) { return order.has(problem.path) ? order.get(problem.path) : order.size; };
    return Array.from(found.values()).sort(function (a, b) {
      return place(a) - place(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
    });
  }

  // --- the sentence ---

  function localise(schema, key, language) {
    return (language === "en" && (schema["x-en"] || {})[key]) || schema[key] || "";
  }

  function lowerFirst(text) {
    var second = text.charAt(1);
    if (second && second !== second.toLowerCase()) return text;
    return text.charAt(0).toLowerCase() + text.slice(1);
  }

  function writeDay(day, form) {
    var parts = day.split("-");
    if (form.language === "en") return Number(parts[2]) + " " + form.months[Number(parts[1]) - 1] + " " + Number(parts[0]);
    return parts[2] + "/" + parts[1] + "/" + Number(parts[0]);
  }

  function writeNumber(value, language) {
    var parts = String(value).split(".");
    var sign = parts[0].startsWith("-") ? "-" : "";
    var whole = parts[0].replace("-", "").replace(/\B(?=([0-9]{3})+$)/g, MARKS[language][0]);
    return sign + whole + (parts[1] ? MARKS[language][1] + parts[1] : "");
  }

  function writeParam(name, value, form) {
    if (isObject(value)) return writeDay(value.day, form);
    return name === "limit" ? writeNumber(value, form.language) : String(value);
  }

  function fieldTitle(field, form) {
    return localise(field.schema, "title", form.language);
  }

  function rowTitle(field, form) {
    return ((field.schema["x-row"] || {})[form.language === "en" ? "en" : "vi"]) || fieldTitle(field, form);
  }

  function findContext(path, field, page, byPath, form) {
    var steps = path.split(".");
    for (var i = 0; i < steps.length; i += 1) {
      if (/^[0-9]+$/.test(steps[i])) {
        return rowTitle(byPath.get(steps.slice(0, i).join(".")), form) + " " + (Number(steps[i]) + 1);
      }
    }
    var titles = walk(page).map(function (one) { return fieldTitle(one, form); });
    var repeats = function (title) { return titles.filter(function (one) { return one === title; }).length > 1; };
    var above = function (one) { return byPath.get(one.path.split(".").slice(0, -1).join(".")); };
    var holder = above(field);
    var isInUnit = Boolean(holder) && holder.kind === "unit";
    if (isInUnit && holder.schema["x-plain"]) holder = above(holder);
    if (!holder || (!isInUnit && !repeats(fieldTitle(field, form)))) return "";
    var words = [fieldTitle(holder, form)];
    while (repeats(words[0]) && above(holder)) {
      holder = above(holder);
      words.unshift(fieldTitle(holder, form));
    }
    return words.slice(0, 1).concat(words.slice(1).map(lowerFirst)).join(", ");
  }

  function writeProblem(problem, field, context, form) {
    var byField = form.sentences[problem.kind];
    var kept = (field.schema["x-messages"] || {})[problem.kind];
    var template = kept ? kept[form.language] || kept.vi : byField[field.kind] || byField[""];
    var words = { title: fieldTitle(field, form) };
    words.name = lowerFirst(words.title);
    Object.keys(problem.params).forEach(function (name) { words[name] = writeParam(name, problem.params[name], form); });
    if (problem.params.month) words.month_name = form.months[problem.params.month - 1] || "";
    var sentence = template.replace(/\{(\w+)\}/g, function (whole, name) { return words[name]; });
    return context ? context + ": " + lowerFirst(sentence) : sentence;
  }

  // [[path, sentence], …] for the fields of the page, in order.
  function check(form, values) {
    var fields = fieldsOf(form.schema, "");
    var byPath = new Map(walk(fields).map(function (field) { return [field.path, field]; }));
    var page = form.page.map(function (path) { return byPath.get(path); });
    return findProblems(form, values)
      .filter(function (problem) {
        return form.page.some(function (path) {
          return plain(problem.path) === path || plain(problem.path).startsWith(path + ".");
        });
      })
      .map(function (problem) {
        var field = byPath.get(plain(problem.path));
        if (!field) return [problem.path, form.sentences[problem.kind][""]];
        return [problem.path, writeProblem(problem, field, findContext(problem.path, field, page, byPath, form), form)];
      });
  }

  scope.TinhSoForms = { check: check, readPage: readPage };

  if (typeof document === "undefined") return;

  // --- the page ---

  function start(element) {
    var form = JSON.parse(element.dataset.form);
    var faults = document.querySelector("[data-faults]");
    var wasRefused = Boolean(faults.firstElementChild);

    function showConditions() {
      var values = readPage(form, new FormData(element));
      element.querySelectorAll("[data-show-when]").forEach(function (part) {
        var condition = JSON.parse(part.dataset.showWhen);
        part.hidden = !Object.keys(condition).every(function (path) {
          return condition[path].includes(getValue(values, path));
        });
      });
    }

    function showProblems() {
      var problems = new Map(check(form, readPage(form, new FormData(element))));
      element.querySelectorAll("[data-field]").forEach(function (part) {
        showProblem(part, problems.get(part.dataset.field) || "");
      });
      return problems;
    }

    element.addEventListener("change", function () {
      showConditions();
      if (wasRefused) showSummary(form, element, faults, showProblems());
    });
    element.addEventListener("submit", function (event) {
      if (event.submitter && event.submitter.formNoValidate) return;
      var problems = showProblems();
      if (!problems.size) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      wasRefused = true;
      showSummary(form, element, faults, problems).focus();
    }, true);
    showConditions();
  }

  function showProblem(part, sentence) {
    var line = part.querySelector("[data-problem]");
    line.hidden = !sentence;
    line.querySelector("[data-sentence]").textContent = sentence;
    part.classList.toggle("has-error", Boolean(sentence));
    part.querySelectorAll("input, select, textarea").forEach(function (box) {
      if (box.closest("[data-field]") !== part) return;
      var isText = box.type !== "radio" && box.type !== "checkbox";
      box.classList.toggle("is-invalid", Boolean(sentence) && isText);
      if (sentence) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    });
  }

  function showSummary(form, element, faults, problems) {
    var summary = document.createElement("div");
    summary.className = "ts-errors";
    summary.setAttribute("role", "alert");
    summary.tabIndex = -1;
    var heading = document.createElement("h2");
    heading.textContent = problems.size === 1 ? form.headings[0] : form.headings[1].replace("{count}", problems.size);
    var list = document.createElement("ul");
    problems.forEach(function (sentence, path) {
      var part = element.querySelector('[data-field="' + CSS.escape(path) + '"]');
      var box = part && part.querySelector("input, select, textarea");
      var link = document.createElement("a");
      link.href = box ? "#" + box.id : "#";
      link.textContent = sentence;
      link.addEventListener("click", function (event) {
        if (!box) return;
        event.preventDefault();
        box.focus();
      });
      var line = document.createElement("li");
      line.append(link);
      list.append(line);
    });
    summary.append(heading, list);
    if (problems.size) faults.replaceChildren(summary);
    else faults.replaceChildren();
    return summary;
  }

  document.querySelectorAll("form[data-form]").forEach(start);
})(globalThis);
