package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Filters;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
    return Items.copyOf(found.stream().map(json::summary).toList());
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
            || image.names().stream().anyMatch(name -> matches(name, filters.all("reference"))))
        && filters.all("before").stream()
            .allMatch(other -> created(image).isBefore(created(images.get(other))))
        && filters.all("since").stream()
            .allMatch(other -> created(image).isAfter(created(images.get(other))));
  }

  /** A pattern is of the name as people write it, with or without the tag. */
  private static boolean matches(String name, List<String> patterns) {
    ImageReference reference = ImageReference.parse(name);
    for (String pattern : patterns) {
      if (glob(pattern, reference.familiarName()) || glob(pattern, Names.familiar(reference))) {
        return true;
      }
    }
    return false;
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
