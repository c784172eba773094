package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.json.Json;
import io.kuber.node.image.layer.TarEntry;
import io.kuber.node.image.layer.TarWriter;
import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.Manifest;
import io.kuber.node.image.store.ContentStore;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes images into one archive, which is a layout of OCI and has Docker's {@code manifest.json}
 * as well ({@code docker save} since version 25). Close it when it is written.
 */
final class ImageSave implements AutoCloseable {
  private static final String BLOBS = "blobs/";

  private record Saved(StoredImage image, Provenance known, Set<String> tags) {}

  private final Map<Digest, Saved> saved = new LinkedHashMap<>();
  private final Map<Digest, Path> files = new LinkedHashMap<>();
  private final List<ContentStore.Hold> holds = new ArrayList<>();

  /**
   * Collects images; their layers are here when this returns.
   *
   * @throws EngineException 404 when there is none of a name
   */
  ImageSave(Images images, List<String> references) throws IOException {
    for (String reference : references) {
      StoredImage image = images.get(reference);
      Provenance known =
          images
              .provenance(image)
              .orElseThrow(
                  () ->
                      EngineException.conflict(
                          "the manifest of " + reference + " was not kept; pull it again"));
      Manifest.Single manifest = known.single();
      holds.add(
          images.stock().store().hold(manifest.layers().stream().map(Descriptor::digest).toList()));
      for (Descriptor layer : manifest.layers()) {
        files.put(layer.digest(), images.stock().archive(image, layer, List.of()));
      }
      Saved all =
          saved.computeIfAbsent(image.id(), id -> new Saved(image, known, new LinkedHashSet<>()));
      tag(image, reference).ifPresent(all.tags::add);
    }
  }

  /** An image that is asked for by its id goes without names. */
  private static Optional<String> tag(StoredImage image, String reference) {
    try {
      ImageReference name = ImageReference.parse(reference);
      boolean isName = name.digest().isEmpty() && image.names().contains(Names.stored(name));
      return isName ? Optional.of(Names.stored(name)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String path(Digest digest) {
    return BLOBS + digest.algorithm() + "/" + digest.hex();
  }

  /** Writes the archive. */
  void writeTo(OutputStream out) throws IOException {
    try (TarWriter tar = new TarWriter(out)) {
      tar.add(TarEntry.directory("blobs", 0755, 0));
      tar.add(TarEntry.directory("blobs/sha256", 0755, 0));
      for (Map.Entry<Digest, Path> file : files.entrySet()) {
        try (InputStream in = Files.newInputStream(file.getValue())) {
          tar.add(TarEntry.file(path(file.getKey()), 0644, Files.size(file.getValue()), 0), in);
        }
      }
      for (Saved each : saved.values()) {
        add(tar, path(each.image.id()), each.known.config());
        add(tar, path(Digest.sha256(each.known.manifest())), each.known.manifest());
      }
      add(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
      add(tar, "index.json", Json.print(index()));
      add(tar, "manifest.json", Json.print(manifest()));
    }
  }

  private static void add(TarWriter tar, String name, byte[] bytes) throws IOException {
    tar.add(TarEntry.file(name, 0644, bytes.length, 0), new ByteArrayInputStream(bytes));
  }

  private Tree index() {
    List<Tree> manifests = new ArrayList<>();
    for (Saved each : saved.values()) {
      String type = Json.parse(each.known.manifest()).text("mediaType");
      Tree entry =
          Tree.of(
              "mediaType",
              type.isEmpty() ? Manifest.OCI : type,
              "digest",
              Digest.sha256(each.known.manifest()).toString(),
              "size",
              (long) each.known.manifest().length);
      if (each.tags.isEmpty()) {
        manifests.add(entry);
      }
      for (String tag : each.tags) {
        manifests.add(
            entry.with(
                "annotations",
                Tree.of(
                    "io.containerd.image.name",
                    tag,
                    "org.opencontainers.image.ref.name",
                    tag.substring(tag.lastIndexOf(':') + 1))));
      }
    }
    return Tree.of(
        "schemaVersion", 2L, "mediaType", Manifest.OCI_INDEX, "manifests", Items.copyOf(manifests));
  }

  private Items manifest() throws IOException {
    List<Tree> all = new ArrayList<>();
    for (Saved each : saved.values()) {
      List<String> layers =
          each.known.single().layers().stream().map(layer -> path(layer.digest())).toList();
      List<String> tags = each.tags.stream().map(Names::shortened).toList();
      all.add(
          Tree.of(
              "Config",
              path(each.image.id()),
              "RepoTags",
              tags.isEmpty() ? Nil.NIL : Items.copyOf(tags),
              "Layers",
              Items.copyOf(layers)));
    }
    return Items.copyOf(all);
  }

  @Override
  public void close() {
    holds.forEach(ContentStore.Hold::close);
  }
}
