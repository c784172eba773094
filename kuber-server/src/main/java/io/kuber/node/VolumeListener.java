package io.kuber.node;

import io.kuber.node.volume.VolumeException;

/** Hears of a pod's volumes, on any thread. */
interface VolumeListener {
  VolumeListener NOBODY =
      new VolumeListener() {
        @Override
        public void updateFailed(VolumeException failure) {}

        @Override
        public void mayTryAgain() {}
      };

  /** Files do not follow their objects. */
  void updateFailed(VolumeException failure);

  /** Volumes that could not be made perhaps can be now. */
  void mayTryAgain();
}
