package io.kuber.testkit.node;

import io.kuber.loop.Loop.Timer;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pod of a simulated node: its newest state, its address, and what it waits for. */
final class SimulatedPod {
  private final SimulatedNode node;
  private KubeObject object;
  private String address;
  private @Nullable PodStage awaited;
  private @Nullable Timer timer;
  private boolean ended;

  SimulatedPod(SimulatedNode node, KubeObject object) {
    this.node = node;
    this.object = object;
    this.address = object.status().text("podIP");
    node.addresses().keep(address);
  }

  SimulatedNode node() {
    return node;
  }

  KubeObject object() {
    return object;
  }

  /** Whether that object is this pod, and not another of the same name. */
  boolean is(KubeObject other) {
    return object.uid().equals(other.uid());
  }

  void now(KubeObject newest) {
    object = newest;
  }

  /** Its address, given when first asked for. */
  String address() {
    if (address.isEmpty()) {
      address = object.spec().isTrue("hostNetwork") ? node.hostIp() : node.addresses().take();
    }
    return address;
  }

  boolean isAwaiting(@Nullable PodStage stage) {
    return Objects.equals(awaited, stage);
  }

  void await(PodStage stage, Timer due) {
    awaited = stage;
    timer = due;
  }

  void stopWaiting() {
    if (timer != null) {
      timer.cancel();
    }
    awaited = null;
    timer = null;
  }

  /** Whether it is about to start or to stop, and its node sees to it. */
  boolean isUnderWay() {
    boolean startsOrStops = object.isBeingDeleted() || Pods.phase(object).equals("Pending");
    return awaited != null && startsOrStops && !node.isSilent();
  }

  @Override
  public String toString() {
    String waits = awaited == null ? "" : " waits to be " + awaited.name();
    return Resources.PODS.keyOf(object) + waits;
  }

  boolean isEnded() {
    return ended;
  }

  /** The pod is gone; its address is free. */
  void end() {
    ended = true;
    stopWaiting();
    node.addresses().free(address);
  }
}
