// What can be wrong with a certificate. No logic.

export type CertificateFaultCode = 'unreadable' | 'mismatched' | 'expired' | 'not-valid-yet';

/** A certificate cannot be used. The message names the file and the next step. */
export class CertificateFault extends Error {
  readonly code: CertificateFaultCode;
  constructor(code: CertificateFaultCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CertificateFault';
    this.code = code;
  }
}
