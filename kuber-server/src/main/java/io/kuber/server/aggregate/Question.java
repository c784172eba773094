package io.kuber.server.aggregate;

import io.kuber.access.User;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.aggregate.Backends.Place;
import io.kuber.server.aggregate.Errands.Errand;
import io.kuber.server.aggregate.Errands.Said;
import io.kuber.server.webhook.Reasons;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/**
 * Asks a server what it has: its resources, and where their description is. Blocks a bounded time.
 */
final class Question {
  /** From the first packet to the last byte of one answer; upstream's limit. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final User ASKER = User.system("system:kube-aggregator");

  private final Errands errands;

  Question(Errands errands) {
    this.errands = errands;
  }

  /**
   * What a server said.
   *
   * @param resources what it serves; those of before where it does not answer
   */
  record Reply(Availability availability, Items resources, String openApi) {}

  /** Asks; {@code before} is what is kept of a server that does not answer. */
  Reply ask(Registration to, List<Place> places, Reply before) {
    String path = "/apis/" + to.groupVersion();
    try {
      Tree list = get(to, places, path);
      return new Reply(Availability.PASSED, list.items("resources"), described(to, places));
    } catch (IOException | GeneralSecurityException | MalformedException failed) {
      Place place = places.get(0);
      String message =
          "failing or missing response from https://%s:%d%s: %s"
              .formatted(place.host(), place.port(), path, Reasons.of(failed));
      return new Reply(Availability.failed(message), before.resources, before.openApi);
    }
  }

  /** Whoever describes nothing is there all the same. */
  private String described(Registration to, List<Place> places) {
    try {
      Tree index = get(to, places, "/openapi/v3");
      return index.text("paths", "apis/" + to.groupVersion(), "serverRelativeURL");
    } catch (IOException | GeneralSecurityException | MalformedException without) {
      return "";
    }
  }

  private Tree get(Registration to, List<Place> places, String path)
      throws IOException, GeneralSecurityException, MalformedException {
    Said said = errands.send(to, places, new Errand("GET", path, ASKER), LIMIT);
    if (!said.isSuccess()) {
      throw new IOException("bad status from " + path + ": " + said.status());
    }
    return said.body();
  }
}
