package io.kuber.admission.policy;

/**
 * Why a policy is against a write.
 *
 * @param message for the client
 * @param reason as a Status has it; empty for the usual one
 */
record Finding(String message, String reason) {
  static Finding of(String message) {
    return new Finding(message, "");
  }
}
