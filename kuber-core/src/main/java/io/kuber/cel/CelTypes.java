package io.kuber.cel;

import dev.cel.common.types.CelType;
import java.util.Optional;

/** Types that an expression may make values of. Immutable. */
@FunctionalInterface
interface CelTypes {
  /** There are none. */
  CelTypes NONE = name -> Optional.empty();

  /** The type of this name. */
  Optional<CelType> find(String name);
}
