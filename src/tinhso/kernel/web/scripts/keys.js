/** Whether a key press belongs to somebody who is writing. */
export function isWriting(event) {
  const target = event.target;
  return (
    event.isComposing ||
    target.isContentEditable ||
    (target.matches?.("input, textarea, select") && !target.matches("input[type=checkbox], input[type=radio]"))
  );
}

export const hasModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;
export const isModalOpen = () => document.querySelector("dialog[open]") !== null;
