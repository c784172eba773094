package io.kuber.engine;

import java.nio.file.Path;
import java.util.Optional;

/** The images of the machine, for whoever makes containers of them. For any thread. */
public interface ImageShelf {
  /**
   * An image by its name, its id, or the beginning of its id.
   *
   * @throws EngineException 404, as Docker says it, when there is none
   */
  LocalImage find(String reference);

  /**
   * Makes an image of another one and of what was written on top of it.
   *
   * @param base its layers are shared
   * @param changes a directory as overlayfs leaves it, with its marks of what was removed
   * @param commit what else the new image says
   * @return the id of the new image
   */
  String commit(LocalImage base, Path changes, Commit commit);

  /**
   * What a new image says.
   *
   * @param name its tag; empty for an image without a name
   * @param author who made it; may be empty
   * @param comment about it; may be empty
   * @param changes instructions of a Dockerfile, one a line, such as {@code CMD ["uuid"]}
   */
  record Commit(Optional<String> name, String author, String comment, String changes) {}
}
