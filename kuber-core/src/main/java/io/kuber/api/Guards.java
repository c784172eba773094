package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets no two objects take what only one may have, such as an address, whichever servers decide on
 * them at the same moment (upstream: the allocators of registry/core/service, which compare and set
 * one object for each range).
 *
 * <p>Who takes something has looked on an image whether it is free. Together with the object goes
 * the guard of that thing, at the revision which the guard has on that image: of two writers who
 * saw the same image one gets through, and the other decides anew, and sees. What a guard contains
 * does not matter. Things share guards, which costs another attempt at worst; so there are only so
 * many of them, and none is ever cleared up.
 */
final class Guards {
  /** How many there are; the more, the fewer writers are in each other's way by chance. */
  static final int MOST = 1_024;

  private static final String RESOURCE = ".guards";

  private Guards() {}

  /**
   * What to write together with an object.
   *
   * @param image on which was decided that the object may have what it takes
   * @return in one order always, no guard twice; none when the object takes nothing
   */
  static List<Command.Put> of(Image image, Decision.Put put) {
    Set<Integer> numbers = new TreeSet<>();
    for (String taken : put.taken()) {
      numbers.add(Math.floorMod((put.key().resource() + "/" + taken).hashCode(), MOST));
    }
    return numbers.stream().map(number -> guard(image, Integer.toString(number))).toList();
  }

  private static Command.Put guard(Image image, String number) {
    Key key = new Key(RESOURCE, "", number);
    Stored seen = image.get(key);
    return new Command.Put(
        key,
        seen == null ? Command.ABSENT : seen.revision(),
        Canonical.bytes(KubeObject.of("v1", "Guard", "", number)));
  }
}
