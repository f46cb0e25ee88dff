/** The path is there, but does not answer to this method. */
export class MethodNotAllowed extends Error {
  override readonly name = 'MethodNotAllowed';
  readonly code = 'method-not-allowed';
}

/** The body does not call itself what this route reads. */
export class UnsupportedMediaType extends Error {
  override readonly name = 'UnsupportedMediaType';
  readonly code = 'unsupported-media-type';
}
