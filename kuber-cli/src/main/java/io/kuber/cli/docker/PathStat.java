package io.kuber.cli.docker;

import io.kuber.http.Headers;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * What the engine says of a path in a container.
 *
 * @param mode with Go's bits for what it is
 * @param link where a link leads
 */
record PathStat(long mode, String link) {
  private static final String HEADER = "X-Docker-Container-Path-Stat";

  /** Go's {@code fs.ModeDir} and {@code fs.ModeSymlink}. */
  private static final long DIRECTORY = 1L << 31;

  private static final long LINK = 1L << 27;

  /** As many as the kernel follows. */
  private static final int MOST_LINKS = 40;

  /** Asks the engine; empty when there is nothing at the path. */
  static Optional<PathStat> of(Engine engine, String container, String path) throws IOException {
    try {
      Target target = Target.of("containers", container, "archive").with("path", path);
      return Optional.of(of(engine.head(target)));
    } catch (Refusal e) {
      if (!e.isAbsent()) {
        throw e;
      }
      // The head of an answer does not say what is missing, the container or the path.
      engine.tree(Target.of("containers", container, "json"));
      return Optional.empty();
    }
  }

  /** Asks for what a path leads to in the end, after a bounded number of links. */
  static Optional<PathStat> followed(Engine engine, String container, String path)
      throws IOException {
    String place = path;
    Optional<PathStat> stat = of(engine, container, place);
    for (int i = 0; i < MOST_LINKS && stat.isPresent() && stat.get().isLink(); i++) {
      place = stat.get().linkedFrom(place);
      stat = of(engine, container, place);
    }
    return stat;
  }

  /** Reads the header of an answer. */
  static PathStat of(Headers headers) throws IOException {
    String text =
        headers.first(HEADER).orElseThrow(() -> new IOException("the answer has no " + HEADER));
    Tree stat = Json.parse(Base64.getDecoder().decode(text));
    return new PathStat(stat.number(0, "mode"), stat.text("linkTarget"));
  }

  boolean isDirectory() {
    return (mode & DIRECTORY) != 0;
  }

  boolean isLink() {
    return (mode & LINK) != 0;
  }

  /** Where the link at a path leads, from the root of the container. */
  String linkedFrom(String path) {
    if (link.startsWith("/")) {
      return link;
    }
    return path.substring(0, path.lastIndexOf('/') + 1) + link;
  }
}
