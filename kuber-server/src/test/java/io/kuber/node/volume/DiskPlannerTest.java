package io.kuber.node.volume;

import static io.kuber.node.volume.DiskPlanner.Step.ATTACH;
import static io.kuber.node.volume.DiskPlanner.Step.ENLARGE;
import static io.kuber.node.volume.DiskPlanner.Step.EXTEND;
import static io.kuber.node.volume.DiskPlanner.Step.FIT;
import static io.kuber.node.volume.DiskPlanner.Step.GROW;
import static io.kuber.node.volume.DiskPlanner.Step.MAKE;
import static io.kuber.node.volume.DiskPlanner.Step.MOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.volume.DiskPlanner.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done with disks, whatever an earlier run has left. */
final class DiskPlannerTest {
  private static final State NEW = new State(-1, 0, false, false);
  private static final State AT_REST = new State(10, 10, false, false);
  private static final State ATTACHED = new State(10, 10, true, false);
  private static final State IN_USE = new State(10, 10, true, true);

  @Test
  void makesWhatIsNew() {
    assertThat(DiskPlanner.toUse(NEW, 10, false)).containsExactly(MAKE, ATTACH, MOUNT);
    assertThat(DiskPlanner.toUse(NEW, 10, true)).containsExactly(MAKE, ATTACH);
  }

  @Test
  void goesOnWithWhatItFinds() {
    assertThat(DiskPlanner.toUse(AT_REST, 10, false)).containsExactly(ATTACH, MOUNT);
    assertThat(DiskPlanner.toUse(ATTACHED, 10, false)).containsExactly(FIT, MOUNT);
    assertThat(DiskPlanner.toUse(IN_USE, 10, false)).containsExactly(FIT);
    assertThat(DiskPlanner.toUse(ATTACHED, 10, true)).containsExactly(FIT);
    State halfGrown = new State(20, 10, true, true);
    assertThat(DiskPlanner.toUse(halfGrown, 20, false)).containsExactly(FIT, GROW);
  }

  @Test
  void growsAndNeverShrinks() {
    assertThat(DiskPlanner.toUse(AT_REST, 20, false))
        .containsExactly(EXTEND, ATTACH, ENLARGE, MOUNT);
    assertThat(DiskPlanner.toUse(AT_REST, 5, true)).containsExactly(ATTACH);
    assertThat(DiskPlanner.toUse(AT_REST, 5, false)).containsExactly(ATTACH, MOUNT);
    assertThat(DiskPlanner.toGrow(IN_USE, 20, false)).containsExactly(EXTEND, FIT, GROW);
    assertThat(DiskPlanner.toGrow(IN_USE, 5, false)).containsExactly(FIT);
    assertThat(DiskPlanner.toGrow(ATTACHED, 20, true)).containsExactly(EXTEND, FIT);
  }

  @Test
  void leavesWhatNobodyUsesUntilItIsUsed() {
    assertThat(DiskPlanner.toGrow(AT_REST, 20, false)).isEmpty();
    assertThat(DiskPlanner.toGrow(ATTACHED, 20, false)).isEmpty();
    assertThat(DiskPlanner.toGrow(AT_REST, 20, true)).isEmpty();
  }

  @Test
  void roundsSizesUpToWholeBlocks() {
    assertThat(new Disk("d", 1, true, List.of()).bytes()).isEqualTo(4096);
    assertThat(new Disk("d", 8192, true, List.of()).bytes()).isEqualTo(8192);
  }
}
