package io.kuber.testkit.node;

import io.kuber.loop.Loop.Timer;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.testkit.node.script.PodScript;
import io.kuber.testkit.node.script.ProbeScript;
import io.kuber.testkit.node.stage.Stage;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pod of a simulated node: its newest state, its address, what it does and waits for. */
final class SimulatedPod {
  private final SimulatedNode node;
  private final Optional<PodScript> script;
  private final Attempts attempts = new Attempts();
  private final ProgramLog log = new ProgramLog();
  private KubeObject object;
  private String address;
  private @Nullable Stage awaited;
  private @Nullable Timer timer;
  private @Nullable PodWork work;
  private boolean ended;

  SimulatedPod(SimulatedNode node, KubeObject object, Optional<PodScript> script) {
    this.node = node;
    this.script = script;
    this.object = object;
    this.address = object.status().text("podIP");
    node.addresses().keep(address);
  }

  SimulatedNode node() {
    return node;
  }

  Optional<PodScript> script() {
    return script;
  }

  Attempts attempts() {
    return attempts;
  }

  ProgramLog log() {
    return log;
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

  /** Whether its script says when it is ready. */
  boolean isProbed() {
    return script.flatMap(PodScript::probes).isPresent()
        && object.spec().items("containers").trees().stream()
            .anyMatch(
                container ->
                    container.has(ProbeScript.Kind.READINESS.field())
                        || container.has(ProbeScript.Kind.STARTUP.field()));
  }

  boolean isAwaiting(@Nullable Stage stage) {
    return Objects.equals(awaited, stage);
  }

  void await(Stage stage, Timer due) {
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

  /** What its containers do while they run; null while they do not. */
  @Nullable PodWork work() {
    return work;
  }

  void works(PodWork begun) {
    work = begun;
  }

  /** Its containers do not run any more. */
  void rests() {
    if (work != null) {
      work.end();
    }
    work = null;
  }

  /** Whether it is about to start or to stop, and its node sees to it. */
  boolean isUnderWay() {
    return awaited != null && awaited.isUnderWay() && !node.isSilent();
  }

  @Override
  public String toString() {
    String waits = awaited == null ? "" : " is to be " + awaited.name();
    return Resources.PODS.keyOf(object) + waits;
  }

  boolean isEnded() {
    return ended;
  }

  /** The pod is gone; its address is free. */
  void end() {
    ended = true;
    stopWaiting();
    rests();
    node.addresses().free(address);
  }
}
