// Performs calls of the package `plivo` of npm: a line of JSON on stdin is a call, a line on stdout is how it ended.
// The first line tells which package was loaded from the directory that is the argument.
//
// It knows no resource. The package is not changed: its client takes the simulator's address as an option.

'use strict';

const dns = require('dns');
const path = require('path');
const readline = require('readline');

// Nothing leaves this machine: what is not on loopback would have to be looked up.
dns.lookup = (host, options, callback) => {
  const done = callback || options;
  done(new Error(`${host} is not on loopback; its address cannot be set from outside`));
};

// What the package prints is no answer.
console.log = console.info = console.error;

// By its path, since a name would be looked up beside this file first.
const directory = path.join(process.argv[2], 'node_modules', 'plivo');
const plivo = require(directory);

// How many arguments a method takes. Those with a value of their own do not count in `length`, and are read out of
// `arguments` by what the package is compiled to.
function parameters(method) {
  const read = [...String(method).matchAll(/\barguments\[(\d+)\]/g)].map((match) => Number(match[1]) + 1);
  return Math.max(method.length, ...read);
}

async function perform(step) {
  const options = { url: `${step.url}/v1/Account/${step.auth_id}` };
  const names = step.calls.split('.');
  const name = names.pop();
  const owner = names.reduce((owner, name) => owner[name], new plivo.Client(step.auth_id, step.auth_token, options));
  const takes = parameters(owner[name]);
  if (takes !== step.arguments.length) {
    throw new TypeError(`${step.calls} takes ${takes} arguments, and ${step.arguments.length} are listed`);
  }
  const given = step.arguments.map((argument) => argument.is);
  while (given.length > 0 && given[given.length - 1] === undefined) {
    given.pop();
  }
  await owner[name](...given);
}

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function main() {
  say({ file: require.resolve(directory), version: require(path.join(directory, 'package.json')).version });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let answer = {};
    try {
      await perform(JSON.parse(line));
    } catch (error) {
      answer = { error: String((error && error.message) || error).split('\n')[0] };
    }
    say(answer);
  }
}

main();
