package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.engine.EngineException;
import io.kuber.engine.ImageShelf.Commit;
import io.kuber.engine.LocalImage;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Routes;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.layer.ChangeArchive;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What containers run and have written: attach, top, diff, export and commit. For any thread. */
final class FileEndpoints {
  private final Containers containers;

  FileEndpoints(Containers containers) {
    this.containers = containers;
  }

  void addTo(Routes routes) {
    routes
        .add("POST", "/containers/{id}/attach", call -> new AttachAnswer(call, life(call)).serve())
        .add("GET", "/containers/{id}/top", this::top)
        .add("GET", "/containers/{id}/changes", this::changes)
        .add("GET", "/containers/{id}/export", this::export)
        .add("POST", "/commit", this::commit);
  }

  private Life life(Call call) {
    return containers.find(call.path("id"));
  }

  private LocalImage image(Life life) {
    return life.files().image(life.record());
  }

  private void top(Call call) throws IOException {
    Life life = life(call);
    String columns = call.query("ps_args").orElse("-ef");
    Container container =
        life.running()
            .orElseThrow(
                () ->
                    EngineException.conflict(
                        "Container " + life.record().id() + " is not running"));
    call.json(
        columns.equals("-ef")
            ? ProcessTable.of(Path.of("/proc"), container.processes())
            : new MachineTable(columns).of(container.processes()));
  }

  private void changes(Call call) throws IOException {
    Life life = life(call);
    List<Tree> all = new ArrayList<>();
    for (Changes.Change change :
        Changes.read(Syscalls.linux(), life.files().changes(), image(life).image().layers())) {
      all.add(Tree.of("Path", change.path(), "Kind", change.kind().number()));
    }
    call.json(Items.copyOf(all));
  }

  private void export(Call call) throws IOException {
    Life life = life(call);
    try (RootView view = RootView.of(Syscalls.linux(), life.files().layers(life.record()))) {
      OutputStream out = call.answerStream("application/octet-stream");
      ChangeArchive.write(
          Syscalls.linux(), Path.of("/proc/self/fd/" + view.root()), out, LayerLimits.DEFAULT);
      out.close(); // Only now: clients see that an answer was cut off.
    }
    life.tell("export");
  }

  private void commit(Call call) throws IOException {
    Life life = containers.find(call.query("container").orElse(""));
    String changes = String.join("\n", call.queries("changes"));
    Optional<String> name =
        call.query("repo").map(repo -> repo + ":" + call.query("tag").orElse("latest"));
    Commit last =
        new Commit(
            name, call.query("author").orElse(""), call.query("comment").orElse(""), changes);
    Path written =
        life.files()
            .changes()
            .orElseThrow(
                () ->
                    EngineException.conflict(
                        "Container "
                            + life.record().id()
                            + " has never run, so there is nothing to commit"));
    String id = containers.ground().images().commit(image(life), written, last);
    life.tell("commit", "imageID", id);
    call.json(201, Tree.of("Id", id));
  }
}
