package io.kuber.engine.volume;

import io.kuber.engine.EngineException;
import io.kuber.engine.volume.EngineVolumes.Known;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Filters;
import io.kuber.engine.wire.Routes;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code /volumes} of the Engine API. */
public final class VolumeEndpoints {
  private static final String DRIVER = "local";

  private final EngineVolumes volumes;

  /** Shows these volumes. */
  public VolumeEndpoints(EngineVolumes volumes) {
    this.volumes = volumes;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .add("GET", "/volumes", this::list)
        .add("GET", "/volumes/{name}", call -> call.json(tree(volumes.find(call.path("name")))))
        .add("POST", "/volumes/create", this::create)
        .add("DELETE", "/volumes/{name}", this::remove)
        .add("POST", "/volumes/prune", this::prune);
  }

  private void list(Call call) throws IOException {
    Filters filters = call.filters().allow("name", "label", "driver", "dangling");
    call.json(
        Tree.of(
            "Volumes",
            Items.copyOf(
                volumes.all().stream()
                    .filter(volume -> admits(filters, volume))
                    .map(this::tree)
                    .toList()),
            "Warnings",
            Nil.NIL));
  }

  /** All volumes with what they take of the disk, and how many containers have them. */
  public Items disk() throws IOException {
    List<Tree> all = new ArrayList<>();
    for (Known volume : volumes.all()) {
      Tree use = Tree.of("Size", volumes.bytes(volume), "RefCount", volumes.users(volume));
      all.add(tree(volume).with("UsageData", use));
    }
    return Items.copyOf(all);
  }

  private boolean admits(Filters filters, Known volume) {
    boolean named =
        !filters.has("name") || filters.all("name").stream().anyMatch(volume.name()::contains);
    boolean dangling =
        !filters.has("dangling") || filters.isTrue("dangling", false) == volumes.isUnused(volume);
    return named
        && dangling
        && filters.admits("driver", DRIVER)
        && filters.admitsLabels("label", volume.labels());
  }

  private Tree tree(Known volume) {
    return Tree.of(
        "CreatedAt",
        volume.created(),
        "Driver",
        DRIVER,
        "Labels",
        Tree.ofTexts(volume.labels()),
        "Mountpoint",
        volumes.data(volume.name()).toString(),
        "Name",
        volume.name(),
        "Options",
        Tree.EMPTY,
        "Scope",
        "local");
  }

  private void create(Call call) throws IOException {
    Tree body = call.body();
    String driver = body.text("Driver");
    if (!driver.isEmpty() && !driver.equals(DRIVER)) {
      throw EngineException.absent("Driver: plugin \"" + driver + "\" not found: use local");
    }
    if (!body.tree("DriverOpts").isEmpty()) {
      throw EngineException.malformed("DriverOpts: the local driver takes no options");
    }
    call.json(201, tree(volumes.create(body.text("Name"), body.tree("Labels").texts())));
  }

  private void remove(Call call) throws IOException {
    try {
      volumes.delete(call.path("name"));
    } catch (EngineException e) {
      if (e.status() != 404 || !call.isTrue("force")) {
        throw e;
      }
    }
    call.done();
  }

  /** Removes what no container has, those that people have named as well (as before 1.42). */
  private void prune(Call call) throws IOException {
    Filters filters = call.filters().allow("label", "all");
    List<String> removed = new ArrayList<>();
    for (Known volume : volumes.all()) {
      if (volumes.isUnused(volume) && filters.admitsLabels("label", volume.labels())) {
        volumes.delete(volume.name());
        removed.add(volume.name());
      }
    }
    call.json(Tree.of("VolumesDeleted", Items.copyOf(removed), "SpaceReclaimed", 0L));
  }
}
