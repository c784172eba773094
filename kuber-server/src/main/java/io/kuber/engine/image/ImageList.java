package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Filters;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The list of images, and what it can be limited to. */
final class ImageList {
  private final Images images;
  private final ImageJson json;

  ImageList(Images images, ImageJson json) {
    this.images = images;
    this.json = json;
  }

  /** The images that filters admit, the newest first; nameless parents only when all are asked. */
  Items list(boolean all, Filters filters) {
    List<Tree> lines = new ArrayList<>();
    for (StoredImage each : find(all, filters)) {
      lines.add(json.summary(each, name -> isWanted(name, filters)));
    }
    return Items.copyOf(lines);
  }

  /** Those that are shown, with what they have in common with others. */
  Items measured() {
    List<StoredImage> shown = find(false, Filters.NONE);
    Map<Digest, Integer> users = new HashMap<>();
    shown.stream()
        .flatMap(image -> image.layers().stream().map(StoredImage.StoredLayer::digest).distinct())
        .forEach(layer -> users.merge(layer, 1, Integer::sum));
    return Items.copyOf(
        shown.stream()
            .map(
                image ->
                    json.summary(image, name -> true)
                        .with(
                            "SharedSize",
                            image.layers().stream()
                                .filter(layer -> users.getOrDefault(layer.digest(), 0) > 1)
                                .mapToLong(StoredImage.StoredLayer::bytes)
                                .sum()))
            .toList());
  }

  private List<StoredImage> find(boolean all, Filters filters) {
    filters.allow("dangling", "reference", "label", "before", "since");
    List<StoredImage> found = new ArrayList<>();
    for (StoredImage each : images.stock().store().images()) {
      boolean shown =
          all || !each.names().isEmpty() || !isStep(each) && images.children(each.id()).isEmpty();
      if (shown && admits(each, filters)) {
        found.add(each);
      }
    }
    found.sort(Comparator.comparing(this::created).reversed());
    return found;
  }

  private boolean isStep(StoredImage image) {
    return images.provenance(image).filter(Steps::isIntermediate).isPresent();
  }

  private Instant created(StoredImage image) {
    return ImageJson.created(images.config(image), image);
  }

  private boolean admits(StoredImage image, Filters filters) {
    Tree config = images.config(image);
    boolean isDangling = image.names().isEmpty();
    return (!filters.has("dangling") || filters.isTrue("dangling", false) == isDangling)
        && filters.admitsLabels("label", config.tree("config", "Labels").texts())
        && (!filters.has("reference")
            || image.names().stream().anyMatch(name -> isWanted(name, filters)))
        && filters.all("before").stream()
            .allMatch(other -> created(image).isBefore(created(images.get(other))))
        && filters.all("since").stream()
            .allMatch(other -> created(image).isAfter(created(images.get(other))));
  }

  /** A pattern is of the name as people write it, with or without the tag. */
  private static boolean isWanted(String name, Filters filters) {
    ImageReference reference = ImageReference.parse(name);
    return !filters.has("reference")
        || filters.all("reference").stream()
            .anyMatch(
                pattern ->
                    glob(pattern, reference.familiarName())
                        || glob(pattern, Names.familiar(reference)));
  }

  private static boolean glob(String pattern, String name) {
    try {
      String plain = pattern.replace("{", "\\{").replace("**", "*");
      return FileSystems.getDefault().getPathMatcher("glob:" + plain).matches(Path.of(name));
    } catch (IllegalArgumentException e) {
      throw new EngineException(400, "invalid filter 'reference=" + pattern + "'", e);
    }
  }
}
