// How a person finds things: fields by their label, the rest by role and name.

const FIELDS = 'input, select, textarea';

export function field(page, label, within = page) {
  return within.getByLabel(label, { exact: label.length < 3 }).and(page.locator(FIELDS)).filter({ visible: true });
}

export function named(role, name, within) {
  return within.getByRole(role, { name, exact: typeof name === 'string' });
}
