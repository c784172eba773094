package io.kuber.testkit.server;

import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;

/** Something that reaches a server that follows another one. */
sealed interface Arrival {
  /** What the server shows from then on. */
  Image image();

  void tell(Store.Listener listener);

  /** The next change. */
  record Change(Delta delta, Image image) implements Arrival {
    @Override
    public void tell(Store.Listener listener) {
      listener.changed(delta, image);
    }
  }

  /** Everything anew: how it came about is not known. */
  record Snapshot(Image image) implements Arrival {
    @Override
    public void tell(Store.Listener listener) {
      listener.replaced(image);
    }
  }
}
