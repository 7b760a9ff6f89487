import "./keep.js";
import "./menu.js";
import "./upload.js";
import "./keys.js";
