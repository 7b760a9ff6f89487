import "./keep.js";
import "./menu.js";
