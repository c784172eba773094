package io.kuber.schema.openapi;

import java.util.List;
import java.util.Optional;

/**
 * What one method does on one path.
 *
 * @param method of HTTP, in lower case
 * @param action what {@code x-kubernetes-action} says
 * @param id unique in the document, such as {@code readCoreV1NamespacedPod}
 * @param description for the reader of the document
 * @param tag such as {@code core_v1}
 * @param gvk the kind it is about
 * @param parameters of the operation
 * @param body the definition of the body
 * @param consumes media types of the body
 * @param produces media types of the answer
 * @param codes of successful answers
 * @param answer the definition of the answer; without one the answer is text
 */
record Operation(
    String method,
    String action,
    String id,
    String description,
    String tag,
    Gvk gvk,
    List<Parameter> parameters,
    Optional<String> body,
    List<String> consumes,
    List<String> produces,
    List<Integer> codes,
    Optional<String> answer) {

  /** What a code means, in the words of HTTP. */
  static String reason(int code) {
    return switch (code) {
      case 201 -> "Created";
      case 202 -> "Accepted";
      default -> "OK";
    };
  }

  /** Whether the body may be left out. */
  boolean bodyIsOptional() {
    return method.equals("delete");
  }

  /** A path with its parameters and operations. */
  record Path(String path, List<Parameter> parameters, List<Operation> operations) {}
}
