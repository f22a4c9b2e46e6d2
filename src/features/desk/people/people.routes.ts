import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { issue, message } from '../../../kernel/message.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { readForm } from '../../../web/forms/forms.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { neverCompressed } from '../../../web/send-text.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import { nothingHere } from '../nothing-here.ts';
import { contactShape, personPage } from './people.page.ts';
import { contactReasons } from './people.ts';
import type { People } from './people.service.ts';

interface PeopleRoutesDeps {
  people: People;
  staffOnly: RequestHandler[];
}

const page = '/desk/people/:username';
const ContactForm = z.object({ why: z.enum(contactReasons, issue('desk.contact.why.error')) });

function formPage(path: string): string {
  return path.replace(/\/contact$/, '');
}

export function peopleRoutes({ people, staffOnly }: PeopleRoutesDeps): FormRoutes {
  const router = Router();
  /** A contact stands beside what its owner wrote. */
  const show = async (req: Request, res: Response, more: Parameters<typeof personPage>[2] = {}) => {
    const viewer = viewerOf(req);
    const person = await people.read(viewer, String(req.params.username));
    if (!person.ok) throw nothingHere();
    return neverCompressed(res).render('desk/person', personPage(person.value, viewer.now, more));
  };

  router.get(page, staffOnly, (req: Request, res: Response) => show(req, res));
  router.all(page, staffOnly, onlyMethods('GET'));

  // The answer itself shows it, and no page that could be opened again.
  router.post(`${page}/contact`, staffOnly, async (req: Request, res: Response) => {
    const input = readForm(contactShape, ContactForm, bodyOf(req));
    if (!input.ok) return show(req, res.status(422), { errors: input.errors });
    const { why } = input.data;
    const contact = await people.contact(viewerOf(req), String(req.params.username), why);
    if (contact.ok) return show(req, res, { contact: contact.value, why });
    if (contact.reason === 'nobody') throw nothingHere();
    if (contact.reason === 'staff') return show(req, res.status(403));
    const text = message('desk.contact.tooOften', { wait: setRetryAfter(res, contact.retryInMs) });
    return show(req, res, { why, errors: [{ name: '', text }] });
  });
  router.all(
    `${page}/contact`,
    staffOnly,
    onlyPost((req) => formPage(req.path)),
  );
  return { routes: router, forms: { [`${page}/contact`]: { page: formPage } } };
}
