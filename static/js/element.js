// Builds DOM and SVG elements; the one place where addresses from outside become href or src.

const SVG = "http://www.w3.org/2000/svg";
const ADDRESSES = new Set(["href", "src"]);

function addressWith(schemes, address) {
  try {
    const url = new URL(address);
    return schemes.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The address when it is a full http or https one; otherwise null. */
export function webAddress(address) {
  return addressWith(["http:", "https:"], address);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    const kept = ADDRESSES.has(name) ? addressWith(["http:", "https:", "tel:"], value) : value;
    if (kept === null || kept === undefined || kept === false) continue;
    node.setAttribute(name, kept === true ? "" : String(kept));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element; strings among the children become text, never markup; null is left out. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function drawing(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}
