package io.kuber.node;

import io.kuber.node.volume.VolumeException;
import java.time.Duration;

/**
 * Does what news about a pod's volumes ask for: failed updates are told; where there is hope, the
 * sandbox is tried again. For any thread; what follows runs on the node's loop.
 */
record VolumeNews(PodBoard board, SandboxKeeper sandbox) implements VolumeListener {
  @Override
  public void updateFailed(VolumeException failure) {
    board.after(Duration.ZERO, () -> board.warn("", "FailedMount", Refusals.text(failure)));
  }

  @Override
  public void mayTryAgain() {
    board.after(Duration.ZERO, sandbox::tryAgain);
  }
}
