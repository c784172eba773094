package io.kuber.cel.library;

import java.util.List;

/** What JSON patches need (apiserver, pkg/cel/library/jsonpatch.go). */
final class JsonPatchLibrary {
  private JsonPatchLibrary() {}

  static List<Overload> overloads() {
    return List.of(
        Overload.global(
            "jsonpatch.escapeKey",
            "string_jsonpatch_escapeKey_string",
            "string -> string",
            (args, meter) -> ((String) args[0]).replace("~", "~0").replace("/", "~1")));
  }
}
