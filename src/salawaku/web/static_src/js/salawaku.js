import "./keep.js";
import "./menu.js";
import "./lists.js";
import "./keys.js";
import "./print.js";
import "./copy.js";
