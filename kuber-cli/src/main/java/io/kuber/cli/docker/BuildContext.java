package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.node.image.layer.TarEntry;
import io.kuber.node.image.layer.TarWriter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a build may see, as an archive. Those of a directory are written to a temporary
 * file first, so that a file that cannot be read is told before the engine begins.
 */
final class BuildContext implements AutoCloseable {
  private static final String IGNORED = ".dockerignore";

  /** The names that are looked for when nobody says one. */
  private static final List<String> STANDARD = List.of("Dockerfile", "Containerfile");

  /** What a Dockerfile is called in the archive that comes from elsewhere. */
  private static final String FOREIGN = ".dockerfile.from.elsewhere";

  private static final int LARGEST_DOCKERFILE = 4 << 20;
  private static final int BLOCK = 512;

  private final String dockerfile;
  private final InputStream stream;
  private final Path spooled;
  private final boolean isFile;

  private BuildContext(String dockerfile, InputStream stream, Path spooled, boolean isFile) {
    this.dockerfile = dockerfile;
    this.stream = stream;
    this.spooled = spooled;
    this.isFile = isFile;
  }

  /** What comes over a stream: an archive, or a Dockerfile alone. */
  static BuildContext of(InputStream in, String file) throws IOException {
    byte[] head = in.readNBytes(BLOCK);
    if (isArchive(head)) {
      InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
      return new BuildContext(file, all, Path.of(""), false);
    }
    PushbackInputStream text = new PushbackInputStream(in, BLOCK);
    text.unread(head);
    Path spool = spool();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(spool));
        TarWriter tar = new TarWriter(out)) {
      dockerfile(tar, STANDARD.get(0), text);
    }
    return new BuildContext(STANDARD.get(0), InputStream.nullInputStream(), spool, true);
  }

  /** Of a directory; {@code in} has the Dockerfile if its name is {@code -}. */
  static BuildContext of(Path directory, String file, InputStream in) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure("unable to prepare context: path \"" + directory + "\" not found");
    }
    Path root = directory.toRealPath();
    Path named = file.isEmpty() ? standard(root) : Path.of(file).toAbsolutePath().normalize();
    boolean typed = file.equals("-");
    if (!typed && !Files.isRegularFile(named)) {
      throw new CommandFailure(
          "unable to prepare context: the Dockerfile " + named + " cannot be read");
    }
    Path real = typed ? named : named.toRealPath();
    boolean foreign = typed || !real.startsWith(root);
    String name = foreign ? FOREIGN : root.relativize(real).toString();
    IgnoreRules rules = rules(root, real);
    Path spool = spool();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(spool));
        TarWriter tar = new TarWriter(out)) {
      new TarTree(tar, true)
          .add(
              root,
              "",
              each -> each.equals(name) || each.equals(IGNORED) || !rules.leavesOut(each),
              each -> rules.mayKeepBelow(each) || name.startsWith(each + "/"));
      if (foreign) {
        try (InputStream content = typed ? in : Files.newInputStream(real)) {
          dockerfile(tar, name, content);
        }
      }
    } catch (IOException e) {
      Files.delete(spool);
      throw e;
    }
    return new BuildContext(name, InputStream.nullInputStream(), spool, true);
  }

  /** A Dockerfile may have rules of its own beside it. */
  private static IgnoreRules rules(Path root, Path dockerfile) throws IOException {
    Path own = dockerfile.resolveSibling(dockerfile.getFileName() + IGNORED);
    Path file = Files.isRegularFile(own) ? own : root.resolve(IGNORED);
    return Files.isRegularFile(file)
        ? IgnoreRules.of(Files.readAllLines(file, StandardCharsets.UTF_8))
        : IgnoreRules.NONE;
  }

  private static Path standard(Path root) {
    return STANDARD.stream()
        .map(root::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(root.resolve(STANDARD.get(0)));
  }

  private static Path spool() throws IOException {
    return Files.createTempFile("kuber-context", ".tar");
  }

  private static void dockerfile(TarWriter tar, String name, InputStream text) throws IOException {
    byte[] bytes = text.readNBytes(LARGEST_DOCKERFILE + 1);
    if (bytes.length > LARGEST_DOCKERFILE) {
      throw new CommandFailure("the Dockerfile is larger than " + LARGEST_DOCKERFILE + " bytes");
    }
    tar.add(TarEntry.file(name, 0644, bytes.length, 0), new ByteArrayInputStream(bytes));
  }

  private static boolean isArchive(byte[] head) {
    boolean compressed =
        head.length > 3
            && ((head[0] == 0x1f && (head[1] & 0xff) == 0x8b)
                || new String(head, 0, 3, StandardCharsets.ISO_8859_1).equals("BZh")
                || (head[0] == (byte) 0xfd && head[1] == '7'));
    return compressed
        || (head.length == BLOCK
            && new String(head, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar"));
  }

  /** Where in the archive the Dockerfile is; empty for the standard place. */
  String dockerfile() {
    return dockerfile;
  }

  /** How large the archive is; 0 where it comes over a stream. */
  long bytes() throws IOException {
    return isFile ? Files.size(spooled) : 0;
  }

  /** The archive, once. */
  InputStream open() throws IOException {
    return isFile ? Files.newInputStream(spooled) : stream;
  }

  @Override
  public void close() throws IOException {
    if (isFile) {
      Files.deleteIfExists(spooled);
    }
  }
}
