// Performs calls of the npm package `plivo`. Each line of JSON on stdin is a call; each line on stdout is its result.
// The first line names the package that was loaded from the directory in the argument.
//
// The script names no resource. The package is not modified: its requests to the API's hosts go to the simulator.

'use strict';

const dns = require('dns');
const http = require('http');
const https = require('https');
const path = require('path');
const readline = require('readline');

// No request leaves this machine: any host but loopback needs a DNS lookup, which fails.
dns.lookup = (host, options, callback) => {
  const done = callback || options;
  done(new Error(`${host} is not loopback, and not a host of the API`));
};

// Where requests to the hosts of the API go.
let simulator = null;
let hosts = [];

const secure = https.request;
https.request = (options, callback) => {
  if (!hosts.includes(options.hostname)) {
    return secure(options, callback);
  }
  const { hostname, port } = simulator;
  return http.request({ ...options, protocol: 'http:', hostname, host: hostname, port, agent: http.globalAgent }, callback);
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

// Objects have each name as it is, and in camel case. The package reads some names in one form, and some in the other.
function withBothSpellings(object) {
  const camel = (name) => (name.includes('__') ? name : name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase()));
  return Object.fromEntries(Object.entries(object).flatMap(([name, value]) => [[name, value], [camel(name), value]]));
}

async function perform(call) {
  simulator = new URL(call.url);
  hosts = call.hosts.map((host) => new URL(host).hostname);
  const names = call.calls.split('.');
  const name = names.pop();
  const owner = names.reduce((owner, name) => owner[name], new plivo.Client(call.auth_id, call.auth_token));
  const takes = parameters(owner[name]);
  if (takes !== call.arguments.length) {
    throw new TypeError(`${call.calls} takes ${takes} arguments, but ${call.arguments.length} are listed`);
  }
  const given = call.arguments.map((argument) => (argument.others ? withBothSpellings(argument.others) : argument.is));
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
