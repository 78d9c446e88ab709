package dev.vidimus.scan.template;

import dev.vidimus.formats.jinja.JinjaNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the names of a template are bound to, wherever that happens: an assignment counts for every
/// use, before or behind it.
final class Bindings {
  private final Map<String, List<JinjaNode>> values = new HashMap<>();
  private final Set<String> items = new HashSet<>();
  private final Set<String> macros = new HashSet<>();
  private final Set<String> blocks = new HashSet<>();

  static Bindings of(List<JinjaNode> body) {
    Bindings bindings = new Bindings();
    body.forEach(bindings::collect);
    return bindings;
  }

  /// What a name may be.
  List<JinjaNode> values(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// True if the template itself binds the name.
  boolean isBound(String name) {
    return values.containsKey(name) || items.contains(name) || macros.contains(name);
  }

  /// True of what a loop goes over.
  boolean isItem(String name) {
    return items.contains(name);
  }

  boolean isBlock(String name) {
    return blocks.contains(name);
  }

  private void collect(JinjaNode node) {
    if (node instanceof JinjaNode.Assign(int _, JinjaNode target, JinjaNode value)) {
      bind(target, value);
    } else if (node instanceof JinjaNode.Loop loop) {
      bindItems(loop.target());
      if (loop.over() instanceof JinjaNode.Collection over && !over.isDictionary()) {
        over.items().forEach(item -> bind(loop.target(), item));
      } else if (loop.over() instanceof JinjaNode.Literal text) {
        bind(loop.target(), text);
      }
    } else if (node instanceof JinjaNode.Block block) {
      collectBlock(block);
    } else if (node instanceof JinjaNode.Call call
        && call.callee() instanceof JinjaNode.Name(int _, String name)
        && (name.equals("namespace") || name.equals("dict"))) {
      for (JinjaNode.Argument argument : call.arguments()) {
        add(argument.keyword(), argument.value());
      }
    }
    node.children().forEach(this::collect);
  }

  private void collectBlock(JinjaNode.Block block) {
    switch (block.keyword()) {
      case "macro" -> {
        macros.add(block.name());
        block.head().forEach(this::bindItems);
      }
      case "block" -> blocks.add(block.name());
      case "call" -> block.head().forEach(this::bindItems);
      case "set" -> {
        JinjaNode target = block.head().getFirst();
        bindItems(target);
        for (JinjaNode part : block.body()) {
          bind(target, part);
        }
      }
      default -> {}
    }
  }

  private void bindItems(JinjaNode target) {
    if (target instanceof JinjaNode.Name(int _, String name)) {
      items.add(name);
    } else if (target instanceof JinjaNode.Collection several) {
      several.items().forEach(this::bindItems);
    }
  }

  private void bind(JinjaNode target, JinjaNode value) {
    if (target instanceof JinjaNode.Name(int _, String name)) {
      add(name, value);
    } else if (target instanceof JinjaNode.Attribute(int _, JinjaNode _, String name)) {
      add(name, value);
    } else if (target instanceof JinjaNode.Collection several) {
      boolean isPaired =
          value instanceof JinjaNode.Collection given
              && given.items().size() == several.items().size();
      for (int i = 0; i < several.items().size(); i++) {
        JinjaNode one = isPaired ? ((JinjaNode.Collection) value).items().get(i) : value;
        bind(several.items().get(i), one);
      }
    }
  }

  private void add(String name, JinjaNode value) {
    values.computeIfAbsent(name, n -> new ArrayList<>(2)).add(value);
  }
}
