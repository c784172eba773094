package io.kuber.node.image.registry;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.node.image.registry.SourceException.Kind;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory in the image layout of OCI (image-spec image-layout.md), as {@code skopeo copy ...
 * oci:DIR} writes it. Images in it are known by the annotations of its index: a whole reference, or
 * a tag alone when the directory's own path says the rest.
 */
final class LayoutSource implements ImageSource {
  private static final String TAG = "org.opencontainers.image.ref.name";
  private static final String NAME = "io.containerd.image.name";

  private final Path directory;
  private final ImageReference wanted;
  private final boolean pathIsName;

  private LayoutSource(Path directory, ImageReference wanted, boolean pathIsName) {
    this.directory = directory;
    this.wanted = wanted;
    this.pathIsName = pathIsName;
  }

  /**
   * The source of an image below a directory of layouts: {@code DIR}, {@code
   * DIR/docker.io/library/busybox} or {@code DIR/busybox}; empty when none of them has it.
   */
  static Optional<ImageSource> find(Path layouts, ImageReference wanted) throws IOException {
    for (String name : new String[] {"", wanted.name(), wanted.familiarName()}) {
      Path directory = layouts.resolve(name);
      if (Files.isRegularFile(directory.resolve("index.json"))) {
        LayoutSource source = new LayoutSource(directory, wanted, !name.isEmpty());
        if (source.entry().isPresent()) {
          return Optional.of(source);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String place() {
    return directory.toString();
  }

  private Optional<Digest> entry() throws IOException {
    byte[] bytes = read(directory.resolve("index.json"));
    try {
      for (Tree each : Json.parse(bytes).items("manifests").trees()) {
        if (isWanted(each)) {
          return Optional.of(Digest.parse(each.text("digest")));
        }
      }
      return Optional.empty();
    } catch (MalformedException | IllegalArgumentException e) {
      throw new SourceException(Kind.WRONG, place() + "/index.json: " + e.getMessage());
    }
  }

  private boolean isWanted(Tree entry) {
    if (wanted.digest().isPresent()) {
      return wanted.digest().get().toString().equals(entry.text("digest"));
    }
    Tree annotations = entry.tree("annotations");
    return isReference(annotations.text(NAME))
        || isReference(annotations.text(TAG))
        || (pathIsName && annotations.text(TAG).equals(wanted.tag()));
  }

  private boolean isReference(String text) {
    boolean whole = text.indexOf(':') >= 0 || text.indexOf('/') >= 0;
    return whole && wanted.equals(ImageReference.parseOrNull(text));
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(Manifest.MAX_BYTES + 1);
      if (bytes.length > Manifest.MAX_BYTES) {
        throw new SourceException(Kind.WRONG, file + " is over " + Manifest.MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }

  @Override
  public byte[] manifest(String version) throws IOException {
    Digest digest = version.indexOf(':') >= 0 ? Digest.parse(version) : entry().orElseThrow();
    return read(existing(digest));
  }

  @Override
  public Blob blob(Digest digest, long from) throws IOException {
    InputStream in = Files.newInputStream(existing(digest));
    try {
      in.skipNBytes(from);
      return new Blob(in, from);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private Path existing(Digest digest) throws IOException {
    Path file = directory.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    if (!Files.isRegularFile(file)) {
      throw new SourceException(Kind.ABSENT, place() + " has no " + digest);
    }
    return file;
  }
}
