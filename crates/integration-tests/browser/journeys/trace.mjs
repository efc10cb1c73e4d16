// A message that did not arrive everywhere: who looks after the domain finds out what became of it.

import { customerSignsIn } from '../lib/desk.mjs';

export default async function trace(tools) {
  const { page, hands, look } = tools;
  await customerSignsIn(tools, 'ada@people.example');
  await hands.visit('Message trace');
  await page.getByRole('heading', { name: 'Message trace', level: 1 }).waitFor();
  await look('message trace');
  await hands.fill('Sent by', 'ada@sample-shop.example');
  await hands.fill('Sent to', 'gone@remote.example');
  await hands.go('button', 'Find');
  await page.getByText('The other server says that there is no such address (550 5.1.1).').waitFor();
  await look('message trace, found');
  await hands.fill('Sent to', 'nobody@elsewhere.example');
  await hands.go('button', 'Find');
  await page.getByText('No such message').waitFor();
  await look('message trace, nothing');
}
