import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import type { FileStorage, ReceivedFile } from '../files/fileStorage.ts';
import { InvalidInput } from '../errors.ts';

const MOST_BYTES = 20 * 1024 * 1024;
const FIELD = 'file';

/** The upload is larger than is accepted. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly code = 'too-large';
  readonly reason = { vi: 'Tệp không được quá 20 MB.', en: 'A file may have at most 20 MB.' };
}

const received = new WeakMap<Request, ReceivedFile>();

/**
 * Reads a multipart body with one file in the field `file`, of at most 20 MB, into the storage's waiting room.
 * The body then says `{ file: { name, sha256, size } }`, so that a repeated request is known by its content.
 * What nobody has kept by the end of the answer is forgotten.
 */
export function receiveFile(storage: FileStorage): RequestHandler {
  const upload = multer({
    storage: engineFor(storage),
    limits: { fileSize: MOST_BYTES, files: 1, fields: 5, parts: 6, fieldSize: 1000, headerPairs: 50 },
    // Browsers send names in UTF-8 and do not say so.
    defParamCharset: 'utf8',
  }).single(FIELD);
  return (request, response, next) => {
    upload(request, response, (error: unknown) => {
      const { file } = request;
      if (file !== undefined) {
        const { path, filename: sha256, size, originalname: name } = file;
        received.set(request, { path, sha256, size });
        request.body = { [FIELD]: { name, sha256, size } };
        response.once('close', () => {
          storage.discard({ path }).catch(() => undefined);
        });
      }
      next(error === undefined ? undefined : problemOf(error));
    });
  };
}

/** The file that came with the request; the route's body schema has seen that there is one. */
export function receivedFile(request: Request): ReceivedFile {
  const file = received.get(request);
  if (file === undefined) throw new Error('the request brought no file');
  return file;
}

function engineFor(storage: FileStorage): multer.StorageEngine {
  return {
    _handleFile: (_request, file, done) => {
      storage.receive(file.stream).then(({ path, sha256, size }) => {
        done(null, { path, filename: sha256, size });
      }, done);
    },
    _removeFile: (_request, { path }, done) => {
      storage.discard({ path }).then(() => {
        done(null);
      }, done);
    },
  };
}

/** What the sender did wrong; what went wrong with us has a system's error code and stays as it is. */
function problemOf(error: unknown): unknown {
  if (error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE') return new TooLarge();
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && !(error instanceof multer.MulterError)) return error;
  const message = {
    vi: `Biểu mẫu gửi tệp không đúng: cần đúng một tệp trong trường "${FIELD}".`,
    en: `The form is not right: it needs exactly one file in the field "${FIELD}".`,
  };
  return new InvalidInput([{ pointer: `/${FIELD}`, message }]);
}
