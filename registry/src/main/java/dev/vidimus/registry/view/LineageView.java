package dev.vidimus.registry.view;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.registry.question.Downstream;
import dev.vidimus.registry.question.LineageNode;
import dev.vidimus.registry.question.LineageStory;
import dev.vidimus.registry.question.LineageTree;

/// The lineage of something as JSON.
public final class LineageView {
  private LineageView() {}

  /// The members of an open object.
  public static void members(JsonWriter json, LineageStory story) {
    node(json.name("start"), story.start(), story.state(story.start()));
    way(json.name("up"), story, story.up());
    way(json.name("down"), story, story.down());
    json.name("edges").array();
    for (LineageTree.Edge edge : story.edges()) {
      json.object().name("child").string(edge.child()).name("parent").string(edge.parent());
      json.name("kind").string(edge.kind().word()).name("status").string(edge.status().word());
      json.name("why").array();
      story.why(edge).forEach(json::string);
      json.endArray().endObject();
    }
    json.endArray().name("plan").array();
    story.plan().forEach(one -> json.string(one.key()));
    json.endArray();
  }

  private static void way(JsonWriter json, LineageStory story, LineageStory.Way way) {
    json.object().name("count").number(way.count()).name("hits").array();
    for (LineageTree.Hit hit : way.hits()) {
      json.object();
      hit(json, hit, story.state(hit.node()));
      json.endObject();
    }
    json.endArray().endObject();
  }

  /// What follows from something, as a member of an open object.
  public static void reached(JsonWriter json, Downstream downstream) {
    json.name("reached").array();
    for (Downstream.Reached one : downstream.reached()) {
      json.object().name("from").string(one.from());
      hit(json, one.hit(), one.state());
      json.endObject();
    }
    json.endArray();
  }

  private static void hit(JsonWriter json, LineageTree.Hit hit, String state) {
    json.name("node");
    node(json, hit.node(), state);
    json.name("kind").string(hit.kind().word()).name("status").string(hit.status().word());
    json.name("weakest").string(hit.weakest().word()).name("proven").bool(hit.isProven());
    json.name("via").array();
    hit.via().forEach(json::string);
    json.endArray();
  }

  private static void node(JsonWriter json, LineageNode node, String state) {
    json.object().name("key").string(node.key()).name("kind").string(node.kind().word());
    json.name("label").string(node.label()).name("state").string(state).endObject();
  }
}
