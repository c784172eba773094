package io.kuber.api;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.store.Key;
import java.util.Base64;

/**
 * Where a list goes on: opaque to clients, in the shape that apiserver's tokens have
 * (pkg/storage/continue.go).
 *
 * @param revision of the list; {@link #ANY} to go on at whatever revision there is now
 * @param after the last object of the page before
 * @param shown how many objects the pages before held
 */
record ContinueToken(long revision, Key after, long shown) {
  static final long ANY = -1;

  private static final String VERSION = "meta.k8s.io/v1";

  String text() {
    Tree token =
        Tree.of(
            "v", VERSION,
            "rv", revision,
            "start", after.namespace() + "/" + after.name() + "\u0000",
            "shown", shown);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.print(token));
  }

  static ContinueToken parse(String text, String resource) {
    try {
      Tree token = Json.parse(Base64.getUrlDecoder().decode(text));
      String start = token.text("start");
      int slash = start.indexOf('/');
      if (token.text("v").equals(VERSION) && slash >= 0 && start.endsWith("\u0000")) {
        Key after =
            new Key(
                resource,
                start.substring(0, slash),
                start.substring(slash + 1, start.length() - 1));
        return new ContinueToken(token.number(0, "rv"), after, token.number(0, "shown"));
      }
    } catch (MalformedException | IllegalArgumentException malformed) {
      // Answered below, as a token of another version is.
    }
    throw Failures.badRequest("continue key is not valid: it was not made by this server");
  }
}
