package io.kuber.engine.image;

import io.kuber.node.image.layer.Compression;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Makes an image of one layer of an archive, such as {@code docker export} writes. */
final class ImageImport {
  private final Images images;

  ImageImport(Images images) {
    this.images = images;
  }

  /**
   * Makes the image.
   *
   * @param archive a tar, plain or packed
   * @param changes instructions of a Dockerfile, one a line
   * @return its id
   */
  Digest make(InputStream archive, Optional<ImageReference> name, String message, String changes)
      throws IOException {
    String now = images.stock().now().toString();
    Tree step = Tree.of("created", now, "created_by", "", "comment", message);
    Tree empty = Configs.platform().put("config", Tree.EMPTY).build();
    Tree config =
        Commits.changed(empty, changes).with("created", now).with("history", Items.of(step));
    try (Workbench bench = new Workbench(images.stock());
        InputStream plain = Compression.unpack(archive)) {
      StoredImage made =
          bench.image(
              config,
              List.of(bench.layer(plain::transferTo)),
              Optional.empty(),
              "",
              name.map(Names::stored).map(List::of).orElse(List.of()));
      images.tell("import", made.id(), name.map(Names::familiar).orElse(made.id().toString()));
      return made.id();
    }
  }
}
