package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.node.image.PullNews;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.StoredImage;
import java.io.IOException;
import java.util.Optional;

/** The images that a build begins with or copies from: those that are here, or pulled ones. */
record BaseImages(Images images, BuildRequest request, BuildNews news) {
  /**
   * An image by its name.
   *
   * @throws EngineException 404 when no registry gives it
   */
  StoredImage find(Instruction step, String name) throws IOException {
    Optional<StoredImage> here = images.lookUp(name);
    if (here.isPresent() && !request.pulls()) {
      return here.get();
    }
    ImageReference wanted = Names.parse(name);
    PullNews pull =
        new PullNews() {
          @Override
          public boolean keepsArchives() {
            return true;
          }
        };
    try {
      news.say("Pulling " + Names.familiar(wanted) + "\n");
      return images.stock().pull(wanted, request.keyring(), pull);
    } catch (IOException e) {
      throw new EngineException(404, step.text() + ": " + e.getMessage(), e);
    }
  }
}
