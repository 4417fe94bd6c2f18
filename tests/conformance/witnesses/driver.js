// Performs calls of the npm package `plivo`. Each line of JSON on stdin is a call; each line on stdout is its result.
// The first line names the package that was loaded from the directory in the argument.
//
// The script names no resource. The package is not modified: its client takes the simulator's address as an option.

'use strict';

const dns = require('dns');
const path = require('path');
const readline = require('readline');

// No request leaves this machine: any host but loopback needs a DNS lookup, which fails.
dns.lookup = (host, options, callback) => {
  const done = callback || options;
  done(new Error(`${host} is not loopback, and the package has no option for its address`));
};

// The package may print; stdout is for results only.
console.log = console.info = console.error;

// Load it by path: a name would be resolved next to this file first.
const directory = path.join(process.argv[2], 'node_modules', 'plivo');
const plivo = require(directory);

// The number of parameters of a method. Parameters with default values are missing in `length`; the compiled code of the
// package reads them from `arguments`.
function parameters(method) {
  const read = [...String(method).matchAll(/\barguments\[(\d+)\]/g)].map((match) => Number(match[1]) + 1);
  return Math.max(method.length, ...read);
}

async function perform(call) {
  const options = { url: `${call.url}/v1/Account/${call.auth_id}` };
  const names = call.calls.split('.');
  const name = names.pop();
  const owner = names.reduce((owner, name) => owner[name], new plivo.Client(call.auth_id, call.auth_token, options));
  const takes = parameters(owner[name]);
  if (takes !== call.arguments.length) {
    throw new TypeError(`${call.calls} takes ${takes} arguments, but ${call.arguments.length} are listed`);
  }
  const given = call.arguments.map((argument) => argument.is);
  while (given.length > 0 && given[given.length - 1] === undefined) {
    given.pop();
  }
  await owner[name](...given);
}

function write(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function main() {
  write({ file: require.resolve(directory), version: require(path.join(directory, 'package.json')).version });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let result = {};
    try {
      await perform(JSON.parse(line));
    } catch (error) {
      result = { error: String((error && error.message) || error).split('\n')[0] };
    }
    write(result);
  }
}

main();
