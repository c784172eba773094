package io.kuber.managed;

import java.util.function.UnaryOperator;

/**
 * Who writes, and when.
 *
 * @param manager the name that the client goes by
 * @param subresource through which it writes; empty for the object itself
 * @param time now, RFC 3339 in UTC with whole seconds
 * @param kept those of some fields that a write through here can change, such as all but {@code
 *     status}
 */
public record Writer(
    String manager, String subresource, String time, UnaryOperator<FieldSet> kept) {
  Owner owner(Operation operation, String apiVersion) {
    return new Owner(manager, operation, apiVersion, subresource);
  }

  /** This writer under another name. */
  Writer named(String other) {
    return new Writer(other, subresource, time, kept);
  }
}
