package io.kuber.server.route;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The document of {@code /}: every path that leads somewhere, indented for all. */
final class Paths {
  private Paths() {}

  static byte[] document(Collection<String> discovery, Collection<String> documents) {
    List<String> paths = new ArrayList<>();
    discovery.forEach(path -> paths.add("/" + path));
    documents.forEach(path -> paths.add("/" + path));
    return Json.printPretty(Tree.of("paths", Items.copyOf(paths)));
  }
}
