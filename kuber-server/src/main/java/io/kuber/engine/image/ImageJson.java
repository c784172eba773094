package io.kuber.engine.image;

import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.node.image.store.StoredImage.StoredLayer;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Images as Docker's clients read them. */
final class ImageJson {
  private final Images images;

  ImageJson(Images images) {
    this.images = images;
  }

  /** A line of the list, with some of the names. */
  Tree summary(StoredImage image, Predicate<String> names) {
    Tree config = images.config(image);
    StoredImage shown = image.withNames(image.names().stream().filter(names).toList());
    List<String> tags = Names.tags(shown);
    List<String> digests = Names.digests(shown);
    return Tree.builder()
        .put("Id", image.id().toString())
        .put("ParentId", parent(image))
        .put("RepoTags", tags.isEmpty() ? Items.of("<none>:<none>") : Items.copyOf(tags))
        .put("RepoDigests", digests.isEmpty() ? Items.of("<none>@<none>") : Items.copyOf(digests))
        .put("Created", created(config, image).getEpochSecond())
        .put("Size", image.bytes())
        .put("VirtualSize", image.bytes())
        .put("SharedSize", -1L)
        .put("Labels", config.tree("config", "Labels"))
        .put("Containers", (long) images.use().ofImage(image.id().toString()).size())
        .build();
  }

  private String parent(StoredImage image) {
    return images.provenance(image).flatMap(Provenance::parent).map(Digest::toString).orElse("");
  }

  /** When an image was made, as far as it says so. */
  static Instant created(Tree config, StoredImage image) {
    try {
      String text = config.text("created");
      return text.isEmpty() ? image.pulledAt() : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return image.pulledAt();
    }
  }

  /** Everything about an image. */
  Tree inspect(StoredImage image) {
    Tree config = images.config(image);
    return Tree.builder()
        .put("Id", image.id().toString())
        .put("RepoTags", Items.copyOf(Names.tags(image)))
        .put("RepoDigests", Items.copyOf(Names.digests(image)))
        .put("Parent", parent(image))
        .put("Comment", lastComment(config))
        .put("Created", created(config, image).toString())
        .put("Container", "")
        .put("DockerVersion", config.text("docker_version"))
        .put("Author", config.text("author"))
        .put("Config", complete(config.tree("config")))
        .put("Architecture", config.text("architecture"))
        .put("Variant", config.text("variant"))
        .put("Os", config.text("os"))
        .put("Size", image.bytes())
        .put("VirtualSize", image.bytes())
        .put("GraphDriver", Tree.of("Name", "overlay2", "Data", driver(image)))
        .put("RootFS", Tree.of("Type", "layers", "Layers", Images.diffIds(image)))
        .put("Metadata", Tree.of("LastTagTime", image.pulledAt().toString()))
        .build();
  }

  private static String lastComment(Tree config) {
    List<Tree> history = config.items("history").trees();
    return history.isEmpty() ? "" : history.get(history.size() - 1).text("comment");
  }

  /** Templates of people read these fields whether they are there or not. */
  private static Tree complete(Tree config) {
    Tree all = config;
    for (String name : List.of("Cmd", "Entrypoint", "Env", "Labels", "Volumes", "OnBuild")) {
      all = all.withDefault(name, Nil.NIL);
    }
    for (String name : List.of("User", "WorkingDir", "Hostname", "Domainname", "Image")) {
      all = all.withDefault(name, "");
    }
    return all;
  }

  private Tree driver(StoredImage image) {
    List<String> directories = new ArrayList<>();
    for (StoredLayer layer : image.layers()) {
      directories.add(images.stock().store().directory(layer.digest()).toString());
    }
    Collections.reverse(directories);
    if (directories.isEmpty()) {
      return Tree.EMPTY;
    }
    Tree data = Tree.of("UpperDir", directories.get(0));
    return directories.size() == 1
        ? data
        : data.with("LowerDir", String.join(":", directories.subList(1, directories.size())));
  }

  /** How an image came to be, the last step first. */
  Items history(StoredImage image) {
    List<Tree> steps = new ArrayList<>();
    int layer = 0;
    for (Tree each : images.config(image).items("history").trees()) {
      boolean hasLayer = !each.isTrue("empty_layer") && layer < image.layers().size();
      long size = hasLayer ? image.layers().get(layer++).bytes() : 0;
      steps.add(
          Tree.builder()
              .put("Id", "<missing>")
              .put("Created", seconds(each, image))
              .put("CreatedBy", each.text("created_by"))
              .put("Size", size)
              .put("Comment", each.text("comment"))
              .put("Tags", Nil.NIL)
              .build());
    }
    Collections.reverse(steps);
    if (steps.isEmpty()) {
      steps.add(
          Tree.of("Created", image.pulledAt().getEpochSecond(), "CreatedBy", "", "Comment", ""));
      steps.set(0, steps.get(0).with("Size", image.bytes()));
    }
    return Items.copyOf(withIds(steps, image));
  }

  /** Steps whose images are here get their ids. */
  private List<Tree> withIds(List<Tree> steps, StoredImage image) {
    List<Tree> known = new ArrayList<>(steps);
    Optional<StoredImage> at = Optional.of(image);
    for (int i = 0; i < known.size() && at.isPresent(); i++) {
      List<String> tags = Names.tags(at.get());
      Object shown = tags.isEmpty() ? Nil.NIL : Items.copyOf(tags);
      known.set(i, known.get(i).with("Id", at.get().id().toString()).with("Tags", shown));
      at =
          images
              .provenance(at.get())
              .flatMap(Provenance::parent)
              .flatMap(parent -> images.stock().store().get(parent));
    }
    return known;
  }

  private static long seconds(Tree step, StoredImage image) {
    try {
      return OffsetDateTime.parse(step.text("created")).toEpochSecond();
    } catch (DateTimeParseException e) {
      return image.pulledAt().getEpochSecond();
    }
  }
}
