package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.cli.docker.RecordedEngine.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same engine asked by Docker's own clients and by {@code kuber docker}: both say the same, but
 * for blanks, whose number changed between Docker's versions. {@code KUBER_DOCKERS} names the
 * clients, divided by colons.
 */
final class DockerLikenessTest {
  private static final String ID = "4f6a".repeat(16);
  private static final List<String> LINES =
      List.of(
          "ps",
          "container ls -as --no-trunc",
          "ps -q",
          "ps --format {{.ID}}_{{.Labels}}_{{.Mounts}}_{{.Networks}}",
          "images",
          "images --digests --no-trunc reg.local:5000/b",
          "history busybox",
          "history -q --no-trunc busybox",
          "network ls",
          "volume ls",
          "volume ls -q",
          "port web",
          "port web 8070/tcp",
          "diff web",
          "top web",
          "stats --no-stream web",
          "rmi busybox",
          "pull busybox",
          "stop web",
          "start web",
          "kill nobody",
          "wait web",
          "commit -m text web a:1",
          "rename web other",
          "tag busybox a:1",
          "events --until 0",
          "container prune -f",
          "image prune -f",
          "network prune -f",
          "inspect -f {{.State.Status}} web",
          "inspect -f {{json_.Config.Cmd}} web",
          "volume create v",
          "run -d nope ls");

  @TempDir private Path directory;

  @Test
  void bothSayTheSame() throws Exception {
    String clients = System.getenv("KUBER_DOCKERS");
    assumeTrue(clients != null && !clients.isEmpty(), "KUBER_DOCKERS names no docker client");
    for (String client : clients.split(":")) {
      Path home = Files.createDirectories(directory.resolve("home"));
      try (RecordedEngine engine = engine()) {
        for (String line : LINES) {
          String[] words =
              List.of(line.split(" ")).stream()
                  .map(word -> word.replace("json_", "json "))
                  .toArray(String[]::new);
          Ended theirs = run(client, home, words);
          Ended ours = engine.run(words);
          assertThat(plain(ours)).as(client + ": " + line).isEqualTo(plain(theirs));
        }
      }
    }
  }

  /** Without what may differ: blanks, and how each calls itself. */
  private static String plain(Ended ended) {
    return (ended.code() + "\n" + ended.out() + ended.err())
        .replace("kuber docker", "docker")
        .replaceAll("Run 'docker run --help' for more information|See 'docker run --help'\\.", "")
        .replaceAll("(?m)\\.$", "")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private Ended run(String client, Path home, String... words)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    List<String> command = new ArrayList<>(List.of(client));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("DOCKER_HOST", "unix://" + directory.resolve("docker.sock"));
    builder.environment().put("DOCKER_CONFIG", home.toString());
    builder.environment().put("HOME", home.toString());
    int code = builder.start().waitFor();
    return new Ended(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** Nothing in it has two labels: Docker's client writes them in an order that changes. */
  private RecordedEngine engine() throws IOException {
    long now = Instant.now().getEpochSecond();
    return new RecordedEngine(directory)
        .on("GET /version", 200, json("{'Version':'1','ApiVersion':'1.41','Os':'linux'}"))
        .on(
            "GET /containers/json",
            200,
            json(
                "[{'Id':'ID','Names':['/web'],'Image':'nginx','ImageID':'sha256:ID','Command':"
                    + "'/docker-entrypoint.sh nginx','Created':"
                    + (now - 9000)
                    + ",'State':'running','Status':'Up 2 hours','Ports':[{'IP':'0.0.0.0',"
                    + "'PrivatePort':8070,'PublicPort':8080,'Type':'tcp'},{'PrivatePort':443,"
                    + "'Type':'tcp'}],'Labels':{'a':'1'},'SizeRw':1095,'SizeRootFs':5600000,"
                    + "'Mounts':[{'Type':'volume','Name':'vol','Source':'/x','Driver':'local'}],"
                    + "'NetworkSettings':{'Networks':{'bridge':{}}}}]"))
        .on(
            "GET /images/json",
            200,
            json(
                "[{'Id':'sha256:ID','RepoTags':['reg.local:5000/b:1'],'RepoDigests':"
                    + "['reg.local:5000/b@sha256:ID'],'Created':"
                    + (now - 260_000)
                    + ",'Size':4261550,'SharedSize':-1,'Containers':-1}]"))
        .on(
            "GET /images/busybox/history",
            200,
            json(
                "[{'Id':'sha256:ID','Created':"
                    + (now - 260_000)
                    + ",'CreatedBy':'/bin/sh -c #(nop) CMD [sh] and more and more and more',"
                    + "'Size':0,'Comment':'x','Tags':['a']},{'Id':'<missing>','Created':"
                    + (now - 260_000)
                    + ",'CreatedBy':'/bin/sh -c #(nop) ADD','Size':4261550,"
                    + "'Comment':'','Tags':null}]"))
        .on(
            "GET /networks",
            200,
            json(
                "[{'Id':'ID','Name':'bridge','Driver':'bridge','Scope':'local','Labels':{}},"
                    + "{'Id':'ID','Name':'a','Driver':'bridge','Scope':'local','Labels':{}}]"))
        .on(
            "GET /volumes",
            200,
            json("{'Volumes':[{'Name':'v','Driver':'local','Mountpoint':'/x','Scope':'local'}]}"))
        .on("POST /volumes/create", 201, json("{'Name':'v'}"))
        .on(
            "GET /containers/web/json",
            200,
            json(
                "{'Id':'ID','Name':'/web','State':{'Status':'running','Running':true},"
                    + "'Config':{'Cmd':['a','b']},'HostConfig':{},'NetworkSettings':{'Ports':"
                    + "{'8070/tcp':[{'HostIp':'0.0.0.0','HostPort':'8080'}],'443/tcp':null}}}"))
        .on(
            "GET /containers/web/changes",
            200,
            json("[{'Path':'/a','Kind':1},{'Path':'/b','Kind':0},{'Path':'/c','Kind':2}]"))
        .on(
            "GET /containers/web/top",
            200,
            json("{'Titles':['UID','PID','CMD'],'Processes':[['root','7','nginx: master']]}"))
        .on(
            "GET /containers/web/stats",
            200,
            json(
                "{'name':'/web','id':'ID','pids_stats':{'current':3},'cpu_stats':{'cpu_usage':"
                    + "{'total_usage':2000000},'system_cpu_usage':20000000,'online_cpus':2},"
                    + "'precpu_stats':{'cpu_usage':{'total_usage':1000000},'system_cpu_usage':"
                    + "10000000},'memory_stats':{'usage':8000000,'limit':209715200,'stats':"
                    + "{'inactive_file':1000000}},'networks':{'eth0':{'rx_bytes':1000,'tx_bytes':"
                    + "20}},'blkio_stats':{'io_service_bytes_recursive':[{'op':'read','value':4096}"
                    + "]}}"))
        .on(
            "POST /containers/prune",
            200,
            json("{'ContainersDeleted':['a'],'SpaceReclaimed':1234}"))
        .on(
            "POST /images/prune",
            200,
            json("{'ImagesDeleted':[{'Untagged':'x:1'}],'SpaceReclaimed':5}"))
        .on("POST /networks/prune", 200, json("{'NetworksDeleted':['n']}"))
        .on(
            "DELETE /images/busybox",
            200,
            json("[{'Untagged':'busybox:latest'},{'Deleted':'sha256:ID'}]"))
        .on(
            "POST /images/create",
            200,
            json(
                String.join(
                    "\r\n",
                    "{'status':'Pulling from library/busybox','id':'latest'}",
                    "{'status':'Downloading','progressDetail':{'current':5,'total':10},'id':'a'}",
                    "{'status':'Pull complete','progressDetail':{},'id':'a'}",
                    "{'status':'Status: Downloaded newer image for busybox:latest'}",
                    "")))
        .on("POST /containers/web/stop", 404, json("{'message':'No such container: web'}"))
        .on("POST /containers/web/start", 204, "")
        .on("POST /containers/web/rename", 204, "")
        .on("POST /images/busybox/tag", 201, "")
        .on("POST /containers/nobody/kill", 404, json("{'message':'No such container: nobody'}"))
        .on("POST /containers/web/wait", 200, json("{'StatusCode':3}"))
        .on("POST /commit", 201, json("{'Id':'sha256:ID'}"))
        .on("POST /containers/create", 409, json("{'message':'the name is taken'}"))
        .on(
            "GET /events",
            200,
            json(
                "{'Type':'container','Action':'start','time':1600000000,'timeNano':"
                    + "1600000000000000001,'Actor':{'ID':'abc','Attributes':{'name':'web',"
                    + "'image':'nginx'}}}\r\n"));
  }

  private static String json(String text) {
    return text.replace('\'', '"')
        .replace("\"ID\"", "\"" + ID + "\"")
        .replace("sha256:ID", "sha256:" + ID);
  }
}
