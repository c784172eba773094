package io.kuber.managed;

import java.util.Optional;

/** Shows an object in the version in which some other owner names its fields. */
@FunctionalInterface
public interface Conversions {
  /** The object in that version; empty when the version is not served any more. */
  Optional<Typed> convert(Typed object, String apiVersion);

  /** For kinds of one version. */
  Conversions NONE = (object, apiVersion) -> Optional.empty();

  /** The object in that version, itself when it is in it already. */
  default Optional<Typed> at(Typed object, String apiVersion) {
    return object.apiVersion().equals(apiVersion)
        ? Optional.of(object)
        : convert(object, apiVersion);
  }
}
