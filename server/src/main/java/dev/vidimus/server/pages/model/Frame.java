package dev.vidimus.server.pages.model;

/// What is around every page.
///
/// @param title of the page
/// @param active which entry of the navigation it belongs to
/// @param person who is signed in, by name; empty if nobody is
public record Frame(String title, String active, String person) {}
