package io.kuber.server.aggregate;

import io.kuber.access.User;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.server.aggregate.Backends.Place;
import io.kuber.server.aggregate.Errands.Errand;
import io.kuber.server.aggregate.Errands.Said;
import io.kuber.server.webhook.Reasons;
import io.kuber.store.Image;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Deletes what other servers keep in a namespace (pkg/controller/namespace/deletion): each resource
 * that can be deleted, at once or one object after the other. Blocks a bounded time for each
 * request; used once, by one thread.
 */
final class Sweep {
  /** Of one request; a server may have much to delete. */
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** Objects that are looked at in one sweep; the next one sees the others. */
  private static final int MOST = 500;

  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private static final User ASKER =
      User.serviceAccount("kube-system", "namespace-controller", "", Map.of());

  private final Errands errands;
  private final Image image;
  private final String namespace;
  private final List<String> undiscovered = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> remaining = new TreeMap<>();
  private final Map<String, Integer> finalizers = new TreeMap<>();

  Sweep(Errands errands, Image image, String namespace) {
    this.errands = errands;
    this.image = image;
    this.namespace = namespace;
  }

  /**
   * Deletes all that there is.
   *
   * @param known what the servers said last that they have
   */
  Swept of(Iterable<Registration> all, ForeignApis known) {
    for (Registration to : all) {
      Optional<ForeignVersion> version =
          known.versions().stream()
              .filter(each -> !each.isStale())
              .filter(each -> each.group().equals(to.group()))
              .filter(each -> each.version().equals(to.version()))
              .findFirst();
      Backends backends = Backends.of(to, image);
      if (version.isEmpty() || backends.missing().isPresent()) {
        undiscovered.add(
            "%s: stale GroupVersion discovery: %s".formatted(to.groupVersion(), to.groupVersion()));
      } else {
        for (Tree resource : version.get().resources().trees()) {
          sweep(to, backends.places(), resource);
        }
      }
    }
    return new Swept(undiscovered, failures, remaining, finalizers);
  }

  private void sweep(Registration to, List<Place> places, Tree resource) {
    List<String> verbs = resource.items("verbs").texts();
    String name = resource.text("name");
    if (!resource.isTrue("namespaced") || name.contains("/") || !verbs.contains("delete")) {
      return;
    }
    String path =
        "/apis/%s/namespaces/%s/%s".formatted(to.groupVersion(), escaped(namespace), escaped(name));
    try {
      if (verbs.contains("deletecollection")) {
        done("DELETE", path, send(to, places, "DELETE", path));
      } else if (verbs.contains("list")) {
        for (Tree object : listed(to, places, path)) {
          String one = path + "/" + escaped(object.text("metadata", "name"));
          done("DELETE", one, send(to, places, "DELETE", one));
        }
      }
      if (verbs.contains("list")) {
        count(listed(to, places, path), name + "." + to.group());
      }
    } catch (IOException | GeneralSecurityException | MalformedException failed) {
      failures.add("%s: %s".formatted(path, Reasons.of(failed)));
    }
  }

  private List<Tree> listed(Registration to, List<Place> places, String path)
      throws IOException, GeneralSecurityException, MalformedException {
    Said said = send(to, places, "GET", path + "?limit=" + MOST);
    done("GET", path, said);
    return said.body().items("items").trees();
  }

  private Said send(Registration to, List<Place> places, String method, String path)
      throws IOException, GeneralSecurityException, MalformedException {
    return errands.send(to, places, new Errand(method, path, ASKER), LIMIT);
  }

  /** What is not there, or cannot be asked for, is nothing to wait for. */
  private static void done(String method, String path, Said said) throws IOException {
    if (!said.isSuccess() && said.status() != NOT_FOUND && said.status() != METHOD_NOT_ALLOWED) {
      throw new IOException("%s %s answers %d".formatted(method, path, said.status()));
    }
  }

  private void count(List<Tree> left, String resource) {
    if (!left.isEmpty()) {
      remaining.merge(resource, left.size(), Integer::sum);
    }
    for (Tree object : left) {
      for (String finalizer : object.items("metadata", "finalizers").texts()) {
        finalizers.merge(finalizer, 1, Integer::sum);
      }
    }
  }

  private static String escaped(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
