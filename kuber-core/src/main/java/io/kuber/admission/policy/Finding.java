package io.kuber.admission.policy;

/**
 * Why a policy is against a write.
 *
 * @param message for the client
 * @param reason as a Status has it; empty for the usual one
 * @param index of the validation that found it
 */
record Finding(String message, String reason, int index) {
  Finding(String message, String reason) {
    this(message, reason, 0);
  }

  Finding at(int validation) {
    return new Finding(message, reason, validation);
  }

  static Finding of(String message) {
    return new Finding(message, "");
  }
}
