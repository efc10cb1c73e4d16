// A writer asks, sees the survey as readers do and sends it; readers answer without saying who they are, one of them in a
// language of their own; the writer sees what came of it once there are five.

import { colleagueSignsIn, until } from '../lib/desk.mjs';
import { lookAtMail } from '../lib/mail.mjs';

const TITLE = 'How did we do?';

export default async function survey(tools) {
  await writes(tools);
  await previews(tools);
  await sends(tools);
  await answers(tools);
  await reads(tools);
}

async function writes(tools) {
  const { page, hands, look, watched } = tools;
  await colleagueSignsIn(tools, 'wilma', 'writer');
  await hands.visit('Surveys');
  await page.getByRole('heading', { name: 'Nothing was asked yet' }).waitFor();
  await look('surveys, none');
  await hands.go('link', 'Write a survey', page.locator('.page-head'));
  await look('survey, new');
  await watched.expecting(422, async () => {
    await hands.fill('Title', ' ');
    await hands.go('button', 'Save and write questions');
    await page.getByText('Write a title of at most 150 letters').waitFor();
    await look('survey, refused');
  });
  await hands.fill('Title', TITLE);
  await hands.fill('Introduction', 'Two minutes of yours decide what we build **next**.');
  await hands.go('button', 'Save and write questions');
  await page.getByRole('heading', { name: 'What do you want to know?' }).waitFor();
  await look('survey, no questions');
  await adds(tools, 'Recommendation', 'Would you recommend us?');
  await watched.expecting(422, async () => {
    await hands.go('link', 'Add a question');
    await hands.fill('Question', 'Where do you read your mail?');
    await hands.choose(/^Several choices/);
    await hands.fill(/^Options/, 'In the webmail');
    await hands.go('button', 'Save the question');
    await page.getByText('Give 2 to 20 options').waitFor();
    await look('question, refused');
  });
  await hands.fill(/^Options/, 'In the webmail\nIn a program\nOn the telephone');
  await hands.go('button', 'Save the question');
  await adds(tools, 'Satisfaction', 'How satisfied are you with our support?');
  await hands.go('link', 'Add a question');
  await hands.fill('Question', 'What went wrong?');
  await hands.choose(/^In own words/);
  await hands.choose(/^After 1\./);
  for (const value of ['0', '1', '2', '3']) await hands.tick(value);
  await look('question, after another');
  await hands.go('button', 'Save the question');
  await page.getByText('Asked when 1 was answered with 0–3').waitFor();
  await look('survey, draft');
  await hands.go('button', 'Move question 3 up');
  await page.getByText('The order is changed.').waitFor();
}

async function adds({ page, hands }, kind, text) {
  await hands.go('link', 'Add a question');
  await hands.fill('Question', text);
  await hands.choose(new RegExp(`^${kind}`));
  await hands.go('button', 'Save the question');
  await page.getByText('The question is saved.').waitFor();
}

async function previews({ page, hands, look }) {
  await hands.go('link', 'See it as readers do');
  await page.getByText('A preview: nothing is kept.').waitFor();
  await look('survey, preview');
  await hands.choose('2');
  await hands.choose('Satisfied');
  await hands.tick('In a program');
  await hands.go('button', 'Next');
  await page.getByLabel('What went wrong?').waitFor();
  await hands.go('button', 'Back');
  if (!(await page.getByRole('radio', { name: '2', exact: true }).isChecked())) throw new Error('going back forgets');
  await hands.choose('8');
  await hands.go('button', 'Next');
  await page.getByRole('heading', { name: 'Look over your answers' }).waitFor();
  await hands.go('button', 'Send the answers');
  await page.getByText('That was the end of the preview').waitFor();
}

async function sends({ page, hands, look, options }) {
  await hands.go('button', 'Publish');
  await page.getByText('It is published.').waitFor();
  await look('survey, open');
  await hands.go('link', 'Results');
  await page.getByRole('heading', { name: 'Nobody was asked yet' }).waitFor();
  await look('results, nobody asked');
  await hands.go('link', 'To the survey');
  await hands.go('button', 'Write the message');
  await page.getByRole('heading', { name: `${options.people.length} addresses would get it now` }).waitFor();
  await page.frameLocator('iframe[title="By day"]').getByRole('link', { name: 'Answer the survey' }).waitFor();
  await hands.press('button', 'Send');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await hands.go('button', 'Send', dialog);
  await until(page, page.getByRole('heading', { name: 'Sent', exact: true }));
}

async function answers(tools) {
  const { page, hands, look, world, watched, options } = tools;
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  for (const [at, person] of options.people.entries()) {
    const link = await world.mailedLink(person, '/survey?token=');
    await page.goto(link);
    await page.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
    if (!at) {
      await look('answering, first page');
      await watched.expecting(422, async () => {
        await hands.go('button', 'Next');
        await page.getByText('Look at the marked questions again.').waitFor();
        await look('answering, refused');
      });
    }
    await hands.choose(at ? ['10, very likely', '9', '8', '7'][at - 1] : '3');
    await hands.choose(at ? 'Very satisfied' : 'Dissatisfied');
    await hands.tick(at % 2 ? 'In the webmail' : 'On the telephone');
    await hands.go('button', 'Next');
    if (!at) {
      await hands.fill('What went wrong?', 'The move took a day.');
      await look('answering, second page');
      await hands.go('button', 'Next');
      await look('answering, looking over');
    }
    await page.getByRole('heading', { name: 'Look over your answers' }).waitFor();
    await hands.go('button', 'Send the answers');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    if (!at) {
      await look('answered');
      await page.goto(link);
      await page.getByText('Nothing says any more that they are yours').waitFor();
      await lookAtMail(page, 'survey', await world.sent(person, TITLE));
    }
  }
  if ((await page.context().cookies()).length) throw new Error('answering sets a cookie');
  await page.goto('/survey?token=nothing');
  await page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
  await page.context().addCookies(cookies);
}

async function reads({ page, hands, look }) {
  await page.goto('/console/surveys');
  await look('surveys');
  await hands.go('link', TITLE);
  await hands.go('link', 'Results');
  // 9 and 10 of five, and one below 7.
  await page.getByText('+20', { exact: true }).waitFor();
  await page.getByText('Fewer than 5 answered it.').waitFor();
  await look('results');
  await page.goBack();
  await hands.press('button', 'Close now');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await hands.go('button', 'Close now', dialog);
  await page.getByText('It is closed.').waitFor();
  await look('survey, closed');
}
