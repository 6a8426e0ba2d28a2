// Random numbers with an address: the generator of sim/randomness/noise.py, and the views of bits that
// sim/randomness/elementary.py asks of an engine. Whole numbers only; the rest is generated.

// One number seen as two words of 32 bits: JavaScript's whole numbers of 64 bits are slow. A double
// is sign, 11 bits of exponent with a bias of 1023, and 52 bits of fraction, of which the high word
// holds the first 20. Which word comes first depends on the machine, so the bits of 1 tell.
const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
const [LOW, HIGH] = new Uint32Array(new Float64Array([1]).buffer)[1] ? [0, 1] : [1, 0];
const BIAS = 1023;
const ROOT_HALF = 0x3fe6a09e; // the bits of the root of one half, in two words
const ROOT_HALF_LOW = 0x667f3bcd;

// 2^k, where the low bits of shifted hold k plus the bias (see exp in elementary.py). Moved up by
// 20 they stand where the exponent stands; what was above falls off, a fraction of zeros means 1.
function powerOfTwo(shifted) {
  number[0] = shifted;
  words[HIGH] = words[LOW] << 20;
  words[LOW] = 0;
  return number[0];
}

// How often x must be halved to lie between the root of one half and the root of two.
function exponentOf(x) {
  number[0] = x;
  // The fraction under the exponent of [1/2, 1), to compare it with the root of one half: from
  // there on one more halving brings x nearer to 1.
  const fraction = (words[HIGH] & 0xfffff) | 0x3fe00000;
  const above = fraction > ROOT_HALF || (fraction === ROOT_HALF && words[LOW] >= ROOT_HALF_LOW);
  return (words[HIGH] >>> 20) - BIAS + (above ? 1 : 0);
}

// x without these halvings. Taking k off the exponent divides by 2^k, and rounds nothing.
function fractionOf(x) {
  const k = exponentOf(x);
  number[0] = x;
  words[HIGH] -= k << 20;
  return number[0];
}

// Not Math.exp: browsers may differ in its last bit, and then so would lives. Arrays that are used
// again, because making two for every exponential would take longer than the exponential.
const argument = new Float64Array(1);
const answer = new Float64Array(1);

function ownExp(x) {
  argument[0] = x;
  expInto(argument, answer);
  return answer[0];
}

// The high word of the product of two words; Math.imul gives the low one. By halves, as at school:
// a whole product has up to 64 bits, and a double is exact to 53 only. No sum here exceeds 2^33.
function highProduct(a, b) {
  const a0 = a & 0xffff,
    a1 = a >>> 16,
    b0 = b & 0xffff,
    b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const carried = a0 * b1 + (middle % 65536);
  return (a1 * b1 + Math.floor(middle / 65536) + Math.floor(carried / 65536)) >>> 0;
}

function philox(counter, key) {
  // ">>> 0" makes a word of what "^" and "+" leave, which may be negative or longer than a word.
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = highProduct(PHILOX.multiplier0, c0);
    const low0 = Math.imul(PHILOX.multiplier0, c0) >>> 0;
    const high1 = highProduct(PHILOX.multiplier1, c2);
    const low1 = Math.imul(PHILOX.multiplier1, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + PHILOX.weyl0) >>> 0;
    k1 = (k1 + PHILOX.weyl1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

const pair = new Float64Array(2);
const normal = new Float64Array(2);

// Four standard normals of partner 0 or 1 of a couple in a step, into numbers from place on.
function draw(seed, dyad, partner, step, numbers, place) {
  // The address is laid out as in noise.py. Couples of the page have small numbers, so the word for
  // the high bits of a couple's number is 0; ">>>" would lose the seed's, hence the division.
  const role = partner + 2 * PHILOX.purpose;
  const key = [seed >>> 0, Math.floor(seed / 4294967296) >>> 0];
  const found = philox([step >>> 0, dyad >>> 0, role, 0], key);
  for (let k = 0; k < 4; k += 2) {
    pair[0] = (found[k] + 0.5) / 4294967296;
    pair[1] = (found[k + 1] + 0.5) / 4294967296;
    boxMuller(pair, normal);
    numbers[place + k] = normal[0];
    numbers[place + k + 1] = normal[1];
  }
}
