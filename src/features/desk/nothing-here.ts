import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';

/** As an address that leads nowhere. */
export function nothingHere(): AppError {
  return new AppError(404, message('web.error.nothing'));
}
