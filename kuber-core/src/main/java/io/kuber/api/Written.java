package io.kuber.api;

import io.kuber.api.ApiAnswer.One;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.List;

/** The answer to a write: the object as the client sees it. */
final class Written {
  private Written() {}

  static ApiAnswer answer(Commit.Done done, Lens lens, List<String> warnings) {
    KubeObject shown = lens.show(object(done));
    boolean created = done.decision() instanceof Decision.Put put && put.before() == null;
    List<String> all = new ArrayList<>(warnings);
    all.addAll(done.decision().warnings());
    return new One(shown, lens.verbatim(done.stored()), created, all);
  }

  /** The object after the write, with the resourceVersion that the write gave it. */
  static KubeObject object(Commit.Done done) {
    if (done.decision() instanceof Decision.Put put) {
      return Versions.stamped(put.after(), done.stored());
    }
    if (done.decision() instanceof Decision.Remove remove) {
      return Versions.stamped(remove.last(), done.stored());
    }
    return done.stored().object();
  }
}
