// Performs calls of the package `plivo` of npm: a line of JSON on stdin is a call, a line on stdout is how it ended.
//
// It knows no resource. The package is not changed: its client takes the simulator's address as an option.

'use strict';

const dns = require('dns');
const readline = require('readline');

// Nothing leaves this machine: what is not on loopback would have to be looked up.
dns.lookup = (host, options, callback) => {
  const done = callback || options;
  done(new Error(`${host} is not on loopback; its address cannot be set from outside`));
};

// What the package prints is no answer.
console.log = console.info = console.error;

const plivo = require('plivo');

async function perform(step) {
  const options = { url: `${step.url}/v1/Account/${step.auth_id}` };
  const names = step.calls.split('.');
  const method = names.pop();
  const owner = names.reduce((owner, name) => owner[name], new plivo.Client(step.auth_id, step.auth_token, options));
  const given = step.arguments.map((argument) => argument.is);
  while (given.length > 0 && given[given.length - 1] === undefined) {
    given.pop();
  }
  await owner[method](...given);
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let answer = {};
    try {
      await perform(JSON.parse(line));
    } catch (error) {
      answer = { error: String((error && error.message) || error).split('\n')[0] };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

main();
