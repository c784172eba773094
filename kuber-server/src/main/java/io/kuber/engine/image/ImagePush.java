package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.json.Json;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.Manifest;
import io.kuber.node.image.registry.PushTarget;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pushes images in the words of Docker. */
final class ImagePush {
  private static final long LINE_BYTES = 512 << 10;

  private final Images images;

  ImagePush(Images images) {
    this.images = images;
  }

  /** The names of a repository to push: one with the tag, or all when there is none. */
  List<ImageReference> names(String repository, String tag) {
    ImageReference wanted = Names.parse(repository, tag);
    List<ImageReference> names = new ArrayList<>();
    if (!tag.isEmpty()) {
      names.add(wanted);
    } else {
      for (StoredImage each : images.stock().store().images()) {
        each.names().stream()
            .filter(name -> !Names.isDigest(name))
            .map(ImageReference::parse)
            .filter(name -> name.name().equals(wanted.name()))
            .forEach(names::add);
      }
    }
    boolean isThere =
        !names.isEmpty()
            && names.stream()
                .allMatch(name -> images.stock().store().find(Names.stored(name)).isPresent());
    if (!isThere) {
      throw EngineException.absent(
          "An image does not exist locally with the tag: "
              + (tag.isEmpty() ? wanted.familiarName() : Names.familiar(wanted)));
    }
    return names;
  }

  /** Pushes one image under its name. */
  void run(ImageReference name, List<Credentials> credentials, ProgressLines lines)
      throws IOException {
    StoredImage image = images.get(Names.familiar(name));
    Provenance known =
        images
            .provenance(image)
            .orElseThrow(
                () ->
                    EngineException.conflict(
                        "the manifest of "
                            + Names.familiar(name)
                            + " was not kept; pull it again"));
    lines.status("The push refers to repository [" + name.name() + "]");
    PushTarget target = images.stock().sources().target(name, credentials.stream().findFirst());
    Manifest.Single manifest = known.single();
    for (int i = 0; i < manifest.layers().size(); i++) {
      String id = Names.shortId(image.layers().get(i).digest().hex());
      layer(image, name, manifest.layers().get(i), id, target, credentials, lines);
    }
    Digest config = manifest.config().digest();
    if (!target.has(config)) {
      target.upload(known.config(), config);
    }
    target.manifest(name.tag(), mediaType(known.manifest()), known.manifest());
    Digest digest = Digest.sha256(known.manifest());
    remember(image, name.with(digest));
    int size = known.manifest().length;
    lines.status(name.tag() + ": digest: " + digest + " size: " + size);
    lines.aux(Tree.of("Tag", name.tag(), "Digest", digest.toString(), "Size", (long) size));
    images.tell("push", image.id(), Names.familiar(name));
  }

  private static String mediaType(byte[] manifest) {
    String type = Json.parse(manifest).text("mediaType");
    return type.isEmpty() ? Manifest.OCI : type;
  }

  private void layer(
      StoredImage image,
      ImageReference name,
      Descriptor blob,
      String id,
      PushTarget target,
      List<Credentials> credentials,
      ProgressLines lines)
      throws IOException {
    lines.status(id, "Preparing");
    if (target.has(blob.digest())) {
      lines.status(id, "Layer already exists");
      return;
    }
    Optional<String> other = otherRepository(image, name);
    if (other.isPresent() && target.mount(blob.digest(), other.get())) {
      lines.status(id, "Mounted from " + other.get());
      return;
    }
    Path file = images.stock().archive(image, blob, credentials);
    long[] told = {0};
    target.upload(
        file,
        blob.digest(),
        sent -> {
          if (sent - told[0] >= LINE_BYTES || sent == blob.size()) {
            told[0] = sent;
            tell(lines, id, sent, blob.size());
          }
        });
    lines.status(id, "Pushed");
  }

  private static void tell(ProgressLines lines, String id, long sent, long size) {
    try {
      lines.progress(id, "Pushing", sent, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A repository of the same registry that this image has been in. */
  private static Optional<String> otherRepository(StoredImage image, ImageReference name) {
    return image.names().stream()
        .filter(Names::isDigest)
        .map(ImageReference::parse)
        .filter(
            each ->
                each.registry().equals(name.registry())
                    && !each.repository().equals(name.repository()))
        .map(ImageReference::repository)
        .findFirst();
  }

  private void remember(StoredImage image, String digestName) throws IOException {
    StoredImage now = images.get(image.id().toString());
    if (!now.names().contains(digestName)) {
      List<String> names = new ArrayList<>(now.names());
      names.add(digestName);
      images.stock().store().rename(image.id(), names);
    }
  }
}
