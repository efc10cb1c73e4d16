// What happens outside of the browser is asked of the test that started us: a line out, a line back.

import { createInterface } from 'node:readline';

export class World {
  #lines = createInterface({ input: process.stdin });
  #answers = this.#lines[Symbol.asyncIterator]();

  async ask(what, details = {}) {
    console.log(`ask ${JSON.stringify({ what, ...details })}`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`nobody answers “${what}”`);
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(answer.error);
    return answer.ok;
  }

  // The path of the link that holds `part`, from a mail to an address.
  mailedLink(to, part) { return this.ask('mailed link', { to, part }); }
  // Publishes a TXT record.
  publish(name, value) { return this.ask('publish', { name, value }); }
  // A mail from outside reaches our MX.
  arrives(from, to, message) { return this.ask('arrives', { from, to, message: crlf(message) }); }
  // A mail program puts a message into a folder.
  kept(address, password, folder, message) {
    return this.ask('kept', { address, password, folder, message: crlf(message) });
  }
  // Waits for a mail that left us and holds `part`; gives it as it came.
  sent(to, part) { return this.ask('sent', { to, part }); }
  // The path at which a new member of staff begins.
  staff(login, roles) { return this.ask('staff', { login, roles }); }
  // The code of a second factor; `steps` of 30 seconds ahead, because a code works once.
  code(secret, steps = 0) { return this.ask('code', { secret, steps }); }

  // The clock of the house is put forward by so many seconds.
  later(seconds) { return this.ask('later', { seconds }); }

  end() { this.#lines.close(); }
}

function crlf(text) {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
}
